resource "aws_db_instance" "orders" {
  engine         = "mysql"
  engine_version = "8.0.35"
  instance_class = "db.t4g.medium"
}
