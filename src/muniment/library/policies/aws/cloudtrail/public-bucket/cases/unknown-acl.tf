variable "acl" {
  type = string
}

resource "aws_s3_bucket" "trail" {
  bucket = "trail"
  acl    = var.acl
}

resource "aws_cloudtrail" "trail" {
  name           = "trail"
  s3_bucket_name = aws_s3_bucket.trail.id
}
