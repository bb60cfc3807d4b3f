resource "aws_acm_certificate" "shop" { # expect: fail
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}
