resource "aws_s3_bucket" "claims" { # expect: fail
  bucket = "example-claims"
}
