resource "aws_s3_bucket" "site" {
  bucket = "site"
  acl    = "public-read"
}

resource "aws_cloudtrail" "trail" {
  name           = "trail"
  s3_bucket_name = "trail"
}
