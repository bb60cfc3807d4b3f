resource "aws_db_instance" "ledger" {
  identifier                          = "example-ledger"
  engine                              = "postgres"
  instance_class                      = "db.t4g.medium"
  iam_database_authentication_enabled = true
}

resource "aws_db_instance" "other" {
  identifier     = "example-other"
  engine         = "sqlserver-se"
  instance_class = "db.m5.large"
}
