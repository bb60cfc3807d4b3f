resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate.shop.arn
    ssl_support_method  = "sni-only"
  }
}

resource "aws_cloudfront_distribution" "old" {
  enabled = true
  viewer_certificate {
    iam_certificate_id = "ASCAEXAMPLE"
    ssl_support_method = "sni-only"
  }
}
