variable "domain" {
  type = string
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    domain_name = var.domain
    origin_id   = "store"
  }
}
