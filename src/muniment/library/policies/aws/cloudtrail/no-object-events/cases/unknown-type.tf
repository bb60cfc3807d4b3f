variable "type" {
  type = string
}

resource "aws_cloudtrail" "this" {
  name           = "this"
  s3_bucket_name = "trail"
  event_selector {
    read_write_type = var.type
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}
