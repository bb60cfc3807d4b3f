resource "aws_db_instance" "orders" {
  engine         = "postgres" # expect: fail
  instance_class = "db.t4g.medium"
}
