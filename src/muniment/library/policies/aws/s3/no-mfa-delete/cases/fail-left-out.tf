resource "aws_s3_bucket_versioning" "orders" {
  bucket = "orders"
  versioning_configuration { # expect: fail
    status = "Enabled"
  }
}
