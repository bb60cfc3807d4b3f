resource "aws_cloudfront_distribution" "shop" { # expect: fail
  enabled = true
}
