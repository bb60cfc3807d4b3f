resource "aws_sqs_queue" "orders" {
  name                    = "example-orders"
  sqs_managed_sse_enabled = true
}

resource "aws_kms_key" "messages" {
  enable_key_rotation = true
}

resource "aws_sqs_queue" "claims" {
  name                    = "example-claims"
  sqs_managed_sse_enabled = false
  kms_master_key_id       = aws_kms_key.messages.arn
}
