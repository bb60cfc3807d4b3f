variable "group" {
  type = string
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.t4g.medium"
  parameter_group_name = var.group
}
