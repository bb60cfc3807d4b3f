variable "version" {
  type = string
}

resource "aws_mq_broker" "orders" {
  broker_name    = "orders"
  engine_type    = "ActiveMQ"
  engine_version = var.version
}
