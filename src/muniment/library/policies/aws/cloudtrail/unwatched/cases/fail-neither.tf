resource "aws_cloudtrail" "all" { # expect: fail
  name           = "all"
  s3_bucket_name = "example-trail"
}
