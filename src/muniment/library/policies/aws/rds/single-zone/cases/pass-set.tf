resource "aws_db_instance" "ledger" {
  identifier     = "example-ledger"
  engine         = "postgres"
  instance_class = "db.t4g.medium"
  multi_az       = true
}
