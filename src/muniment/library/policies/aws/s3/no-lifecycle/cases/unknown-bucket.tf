variable "bucket" {
  type = string
}

resource "aws_s3_bucket" "exports" {
  bucket = "example-exports"
}

resource "aws_s3_bucket_lifecycle_configuration" "some" {
  bucket = var.bucket
  rule {
    id     = "expire"
    status = "Enabled"
  }
}
