resource "aws_s3_bucket" "old" {
  bucket = "example-old"
  cors_rule {
    allowed_methods = ["GET", "PUT"]
    allowed_origins = ["*"] # expect: fail
  }
}

resource "aws_s3_bucket_cors_configuration" "uploads" {
  bucket = "example-uploads"
  cors_rule {
    allowed_methods = ["DELETE"]
    allowed_origins = ["https://shop.example.com", "*"] # expect: fail
  }
}
