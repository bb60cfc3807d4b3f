resource "aws_mq_broker" "orders" {
  broker_name    = "orders"
  engine_type    = "ActiveMQ"
  engine_version = "5.18"
}
