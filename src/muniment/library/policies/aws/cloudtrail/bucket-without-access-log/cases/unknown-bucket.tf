variable "bucket" {
  type = string
}

resource "aws_s3_bucket" "trail" {
  bucket = "trail"
}

resource "aws_cloudtrail" "trail" {
  name           = "trail"
  s3_bucket_name = var.bucket
}
