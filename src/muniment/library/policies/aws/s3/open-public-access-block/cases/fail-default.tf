resource "aws_s3_bucket_public_access_block" "this" { # expect: fail
  bucket              = "example-ledger"
  block_public_acls   = true
  block_public_policy = false # expect: fail
  ignore_public_acls  = true
}
