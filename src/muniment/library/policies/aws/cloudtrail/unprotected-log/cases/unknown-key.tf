variable "key" {
  type = string
}

resource "aws_cloudtrail" "all" {
  name                       = "all"
  s3_bucket_name             = "example-trail"
  enable_log_file_validation = true
  kms_key_id                 = var.key
}
