variable "given" {
  type = string
}

resource "aws_qldb_ledger" "this" {
  name                = "book"
  permissions_mode    = var.given
  deletion_protection = true
}
