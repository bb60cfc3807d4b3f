resource "aws_db_instance" "ledger" {
  identifier                          = "example-ledger"
  engine                              = "postgres"
  instance_class                      = "db.t4g.medium"
  iam_database_authentication_enabled = false # expect: fail
}

resource "aws_db_instance" "ledger_default" { # expect: fail
  identifier     = "example-ledger"
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}
