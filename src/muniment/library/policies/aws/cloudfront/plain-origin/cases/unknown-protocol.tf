variable "protocol" {
  type = string
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    domain_name = "shop-123.eu-west-1.elb.amazonaws.com"
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = var.protocol
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
}
