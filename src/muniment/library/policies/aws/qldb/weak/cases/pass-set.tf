resource "aws_qldb_ledger" "this" {
  name                = "book"
  permissions_mode    = "STANDARD"
  deletion_protection = true
}
