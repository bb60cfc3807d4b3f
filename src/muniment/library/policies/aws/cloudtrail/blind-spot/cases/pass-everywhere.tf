resource "aws_cloudtrail" "all" {
  name                  = "all"
  s3_bucket_name        = "example-trail"
  is_multi_region_trail = true
  enable_logging        = true
}
