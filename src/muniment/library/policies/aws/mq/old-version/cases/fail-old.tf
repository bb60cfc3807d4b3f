resource "aws_mq_broker" "orders" {
  broker_name    = "orders"
  engine_type    = "RabbitMQ"
  engine_version = "3.7.6" # expect: fail
}
