resource "aws_s3_access_point" "reports" {
  bucket = "reports"
  name   = "reports"
}

resource "aws_s3_account_public_access_block" "this" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
