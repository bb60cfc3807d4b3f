resource "aws_cloudfront_response_headers_policy" "strict" {
  name = "strict"
  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 63072000
      include_subdomains         = true
      override                   = true
      preload                    = true
    }
  }
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  default_cache_behavior {
    response_headers_policy_id = aws_cloudfront_response_headers_policy.strict.id
  }
}
