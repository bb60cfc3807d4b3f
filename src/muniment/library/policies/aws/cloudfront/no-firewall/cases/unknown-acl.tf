variable "acl" {
  type = string
}

resource "aws_cloudfront_distribution" "site" {
  enabled    = true
  web_acl_id = var.acl
}
