resource "aws_mq_broker" "orders" {
  broker_name = "orders"
  engine_type = "ActiveMQ"
  logs {
    audit = true
  }
}
