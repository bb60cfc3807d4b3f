variable "domain" {
  type = string
}

resource "aws_acm_certificate" "shop" {
  domain_name       = var.domain
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}
