resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "db2-ae-11.5"
  parameter {
    name  = "db2comm"
    value = "TCPIP"
  }
}

resource "aws_db_instance" "orders" {
  engine               = "db2-ae"
  instance_class       = "db.t3.medium"
  parameter_group_name = aws_db_parameter_group.orders.name # expect: fail
}
