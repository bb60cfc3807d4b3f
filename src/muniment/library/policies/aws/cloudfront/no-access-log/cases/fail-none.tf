resource "aws_cloudfront_distribution" "site" { # expect: fail
  enabled = true
}
