variable "restriction" {
  type = string
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  restrictions {
    geo_restriction {
      restriction_type = var.restriction
    }
  }
}
