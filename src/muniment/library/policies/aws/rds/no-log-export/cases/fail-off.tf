resource "aws_db_instance" "ledger" {
  identifier                      = "example-ledger"
  engine                          = "postgres"
  instance_class                  = "db.t4g.medium"
  enabled_cloudwatch_logs_exports = [] # expect: fail
}

resource "aws_db_instance" "ledger_default" { # expect: fail
  identifier     = "example-ledger"
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}
