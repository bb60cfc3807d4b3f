variable "encrypt" {
  type = bool
}

resource "aws_sqs_queue" "orders" {
  name                    = "example-orders"
  sqs_managed_sse_enabled = var.encrypt
}
