resource "aws_s3_bucket_cors_configuration" "fonts" {
  bucket = "example-fonts"
  cors_rule {
    allowed_methods = ["GET", "HEAD"]
    allowed_origins = ["*"]
  }
  cors_rule {
    allowed_methods = ["PUT"]
    allowed_origins = ["https://shop.example.com"]
  }
}

resource "aws_s3_bucket" "plain" {
  bucket = "example-plain"
}
