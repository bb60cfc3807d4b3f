resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  restrictions { # expect: fail
    geo_restriction {
      restriction_type = "none"
    }
  }
}
