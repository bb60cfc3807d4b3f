resource "aws_qldb_ledger" "this" { # expect: fail
  name                = "book"
  deletion_protection = false # expect: fail
}
