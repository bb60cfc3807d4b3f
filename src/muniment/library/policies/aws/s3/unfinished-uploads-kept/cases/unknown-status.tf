variable "status" {
  type = string
}

resource "aws_s3_bucket_lifecycle_configuration" "exports" {
  bucket = "example-exports"
  rule {
    id     = "unfinished-uploads"
    status = var.status
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
