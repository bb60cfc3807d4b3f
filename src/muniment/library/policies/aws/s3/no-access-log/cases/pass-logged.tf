resource "aws_s3_bucket" "claims" {
  bucket = "example-claims"
}

resource "aws_s3_bucket_logging" "claims" {
  bucket        = aws_s3_bucket.claims.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "claims/"
}

resource "aws_s3_bucket" "old" {
  bucket = "example-old"
  logging {
    target_bucket = "example-logs"
  }
}

resource "aws_s3_bucket" "logs" {
  bucket = "example-logs"
}

resource "aws_s3_bucket" "older" {
  bucket = "example-older"
  logging {
    target_bucket = aws_s3_bucket.older_logs.id
  }
}

resource "aws_s3_bucket" "older_logs" {
  bucket = "example-older-logs"
}
