resource "aws_acm_certificate" "shop" {
  domain_name       = "*.example.com" # expect: fail
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}
