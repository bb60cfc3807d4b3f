resource "aws_s3_bucket" "claims" {
  bucket = "example-claims"
}

resource "aws_s3_bucket_logging" "claims" {
  bucket        = aws_s3_bucket.claims.id
  target_bucket = "example-logs"
  target_prefix = "claims/"
}

resource "aws_s3_bucket" "old" {
  bucket = "example-old"
  logging {
    target_bucket = "example-logs"
  }
}
