resource "aws_db_instance" "orders" { # expect: fail
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}
