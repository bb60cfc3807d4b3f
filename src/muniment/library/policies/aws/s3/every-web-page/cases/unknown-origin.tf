variable "origin" {
  type = string
}

resource "aws_s3_bucket_cors_configuration" "uploads" {
  bucket = "example-uploads"
  cors_rule {
    allowed_methods = ["PUT"]
    allowed_origins = [var.origin]
  }
}
