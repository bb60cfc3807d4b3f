resource "aws_cloudfront_distribution" "site" {
  enabled = true
  default_cache_behavior {
    viewer_protocol_policy = "redirect-to-https"
    target_origin_id       = "site"
  }
  ordered_cache_behavior {
    path_pattern           = "/old/*"
    viewer_protocol_policy = "allow-all" # expect: fail
    target_origin_id       = "old"
  }
  viewer_certificate { # expect: fail
    minimum_protocol_version = "TLSv1"
  }
}
