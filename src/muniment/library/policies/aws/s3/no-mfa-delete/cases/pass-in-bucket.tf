resource "aws_s3_bucket" "orders" {
  bucket = "orders"
  versioning {
    enabled    = true
    mfa_delete = true
  }
}
