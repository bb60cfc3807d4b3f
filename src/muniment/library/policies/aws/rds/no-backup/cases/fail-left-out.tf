resource "aws_db_instance" "ledger" { # expect: fail
  identifier     = "example-ledger"
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}
