resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "postgres16"
  parameter {
    name  = "log_statement"
    value = "ddl"
  }
  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.t4g.medium"
  parameter_group_name = aws_db_parameter_group.orders.name
}
