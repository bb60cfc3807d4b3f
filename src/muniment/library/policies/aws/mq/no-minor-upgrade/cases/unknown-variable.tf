variable "given" {
  type = bool
}

resource "aws_mq_broker" "this" {
  broker_name                = "orders"
  auto_minor_version_upgrade = var.given
}
