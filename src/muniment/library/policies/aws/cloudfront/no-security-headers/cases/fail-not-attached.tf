resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  default_cache_behavior { # expect: fail
    viewer_protocol_policy = "https-only"
  }
}
