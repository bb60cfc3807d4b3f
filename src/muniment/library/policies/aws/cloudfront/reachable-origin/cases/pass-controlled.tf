resource "aws_s3_bucket" "store" {
  bucket = "store"
}

resource "aws_cloudfront_origin_access_control" "store" {
  name                              = "store"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    domain_name              = aws_s3_bucket.store.bucket_regional_domain_name
    origin_id                = "store"
    origin_access_control_id = aws_cloudfront_origin_access_control.store.id
  }
}

resource "aws_cloudfront_distribution" "application" {
  enabled = true
  origin {
    domain_name = "app.example.com"
    origin_id   = "application"
  }
}

resource "aws_cloudfront_distribution" "identity" {
  enabled = true
  origin {
    domain_name = "store.s3.amazonaws.com"
    origin_id   = "store"
    s3_origin_config {
      origin_access_identity = "origin-access-identity/cloudfront/E127EXAMPLE51Z"
    }
  }
}
