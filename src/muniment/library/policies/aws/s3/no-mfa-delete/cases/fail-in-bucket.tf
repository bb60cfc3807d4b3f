resource "aws_s3_bucket" "orders" {
  bucket = "orders"
  versioning { # expect: fail
    enabled = true
  }
}
