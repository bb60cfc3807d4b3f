resource "aws_s3_bucket" "exports" {
  bucket = "example-exports" # expect: fail
}
