variable "bucket" {
  type = string
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  logging_config {
    bucket = var.bucket
  }
}
