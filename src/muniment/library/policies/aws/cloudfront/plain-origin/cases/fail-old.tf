resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin { # expect: fail
    domain_name = "shop.example.com"
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["SSLv3", "TLSv1.2"]
    }
  }
}
