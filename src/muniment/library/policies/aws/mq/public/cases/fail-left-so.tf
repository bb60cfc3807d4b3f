resource "aws_mq_broker" "this" {
  broker_name         = "orders"
  publicly_accessible = true # expect: fail
}
