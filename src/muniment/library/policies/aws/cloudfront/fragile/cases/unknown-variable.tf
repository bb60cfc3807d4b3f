variable "given" {
  type = string
}

resource "aws_cloudfront_distribution" "this" {
  enabled             = true
  default_root_object = var.given
}
