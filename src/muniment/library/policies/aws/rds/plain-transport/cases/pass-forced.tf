resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "postgres16"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.t4g.medium"
  parameter_group_name = aws_db_parameter_group.orders.name
}

resource "aws_db_instance" "plain" {
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}
