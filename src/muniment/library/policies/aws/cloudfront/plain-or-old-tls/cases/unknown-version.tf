variable "version_of_tls" {
  type = string
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  default_cache_behavior {
    viewer_protocol_policy = "redirect-to-https"
    target_origin_id       = "site"
  }
  viewer_certificate {
    minimum_protocol_version = var.version_of_tls
  }
}
