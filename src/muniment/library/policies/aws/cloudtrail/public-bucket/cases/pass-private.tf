resource "aws_s3_bucket" "trail" {
  bucket = "trail"
  grant {
    id          = "c0ffee"
    type        = "CanonicalUser"
    permissions = ["FULL_CONTROL"]
  }
}

resource "aws_cloudtrail" "trail" {
  name           = "trail"
  s3_bucket_name = aws_s3_bucket.trail.id
}
