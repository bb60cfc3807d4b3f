variable "certificate" {
  type = string
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  viewer_certificate {
    acm_certificate_arn = var.certificate
  }
}
