resource "aws_db_instance" "orders" {
  engine         = "aurora-postgresql"
  engine_version = "11.8" # expect: fail
  instance_class = "db.t4g.medium"
}
