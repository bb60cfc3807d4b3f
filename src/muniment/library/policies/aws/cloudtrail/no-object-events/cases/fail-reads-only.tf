resource "aws_cloudtrail" "this" {
  name           = "this"
  s3_bucket_name = "trail"
  event_selector { # expect: fail
    read_write_type = "ReadOnly"
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}
