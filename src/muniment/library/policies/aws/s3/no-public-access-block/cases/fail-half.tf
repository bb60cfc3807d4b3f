resource "aws_s3_bucket" "ledger" {
  bucket = "example-ledger"
}

resource "aws_s3_bucket_public_access_block" "ledger" {
  bucket              = aws_s3_bucket.ledger.id
  block_public_acls   = true
  block_public_policy = false # expect: fail
}
