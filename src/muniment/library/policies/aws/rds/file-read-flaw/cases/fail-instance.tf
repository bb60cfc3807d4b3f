resource "aws_db_instance" "orders" {
  engine         = "postgres"
  engine_version = "13.2" # expect: fail
  instance_class = "db.t4g.medium"
}
