resource "aws_mq_broker" "this" { # expect: fail
  broker_name = "orders"
}
