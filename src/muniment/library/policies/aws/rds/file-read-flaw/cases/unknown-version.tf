variable "version" {
  type = string
}

resource "aws_db_instance" "orders" {
  engine         = "postgres"
  engine_version = var.version
  instance_class = "db.t4g.medium"
}
