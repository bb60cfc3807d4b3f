resource "aws_cloudfront_distribution" "shop" {
  enabled = false # expect: fail
}
