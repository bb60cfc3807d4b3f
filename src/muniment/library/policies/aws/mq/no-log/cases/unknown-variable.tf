variable "given" {
  type = bool
}

resource "aws_mq_broker" "this" {
  broker_name = "orders"
  logs {
    general = var.given
  }
}
