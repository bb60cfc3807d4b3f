resource "aws_s3_bucket" "trail" { # expect: fail
  bucket = "trail"
}

resource "aws_cloudtrail" "trail" {
  name           = "trail"
  s3_bucket_name = aws_s3_bucket.trail.id
}
