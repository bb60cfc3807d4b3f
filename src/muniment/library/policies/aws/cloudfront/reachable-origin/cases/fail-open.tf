resource "aws_s3_bucket" "store" {
  bucket = "store"
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    domain_name = aws_s3_bucket.store.bucket_regional_domain_name # expect: fail
    origin_id   = "store"
  }
}
