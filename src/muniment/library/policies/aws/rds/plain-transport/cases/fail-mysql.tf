resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "mysql8.0"
  parameter {
    name  = "require_secure_transport"
    value = "0"
  }
}

resource "aws_db_instance" "orders" {
  engine               = "mysql"
  instance_class       = "db.t4g.medium"
  parameter_group_name = aws_db_parameter_group.orders.name # expect: fail
}
