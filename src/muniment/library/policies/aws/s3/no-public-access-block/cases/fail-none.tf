resource "aws_s3_bucket" "ledger" { # expect: fail
  bucket = "example-ledger"
}
