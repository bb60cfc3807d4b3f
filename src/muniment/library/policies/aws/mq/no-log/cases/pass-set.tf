resource "aws_mq_broker" "this" {
  broker_name = "orders"
  logs {
    general = true
  }
}
