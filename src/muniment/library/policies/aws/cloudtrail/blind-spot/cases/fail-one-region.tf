resource "aws_cloudtrail" "one" { # expect: fail
  name           = "one"
  s3_bucket_name = "example-trail"
  enable_logging = false # expect: fail
}
