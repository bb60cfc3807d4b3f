variable "given" {
  type = string
}

resource "aws_mq_broker" "this" {
  broker_name = "orders"
  encryption_options {
    kms_key_id = var.given
  }
}
