resource "aws_sqs_queue" "orders" {
  name                    = "example-orders"
  sqs_managed_sse_enabled = false # expect: fail
}
