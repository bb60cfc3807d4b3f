variable "on" {
  type = bool
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = var.on
}
