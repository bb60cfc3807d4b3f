resource "aws_s3_bucket" "trail" {
  bucket = "trail"
}

resource "aws_s3_bucket_logging" "trail" {
  bucket        = aws_s3_bucket.trail.id
  target_bucket = "logs"
  target_prefix = "trail/"
}

resource "aws_s3_bucket" "old_trail" {
  bucket = "old-trail"
  logging {
    target_bucket = "logs"
  }
}

resource "aws_cloudtrail" "trail" {
  name           = "trail"
  s3_bucket_name = aws_s3_bucket.trail.bucket
}

resource "aws_cloudtrail" "old" {
  name           = "old"
  s3_bucket_name = "old-trail"
}
