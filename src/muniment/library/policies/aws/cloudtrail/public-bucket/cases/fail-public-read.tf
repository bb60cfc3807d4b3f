resource "aws_s3_bucket" "trail" {
  bucket = "trail"
  acl    = "public-read" # expect: fail
}

resource "aws_cloudtrail" "trail" {
  name           = "trail"
  s3_bucket_name = aws_s3_bucket.trail.id
}
