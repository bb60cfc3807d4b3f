resource "aws_cloudtrail" "this" {
  name           = "this" # expect: fail
  s3_bucket_name = "trail"
}
