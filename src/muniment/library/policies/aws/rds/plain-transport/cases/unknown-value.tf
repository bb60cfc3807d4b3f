variable "force" {
  type = string
}

resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "postgres16"
  parameter {
    name  = "rds.force_ssl"
    value = var.force
  }
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.t4g.medium"
  parameter_group_name = aws_db_parameter_group.orders.name
}
