resource "aws_cloudfront_response_headers_policy" "short" {
  name = "short"
  security_headers_config { # expect: fail
    strict_transport_security {
      access_control_max_age_sec = 600
      include_subdomains         = true
      override                   = true
      preload                    = true
    }
  }
}
