resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin { # expect: fail
    domain_name = "a.example.com"
    origin_id   = "primary"
  }
}
