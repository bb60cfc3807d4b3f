variable "copied" {
  type = bool
}

resource "aws_db_instance" "orders" {
  engine                = "postgres"
  instance_class        = "db.t4g.medium"
  copy_tags_to_snapshot = var.copied
}
