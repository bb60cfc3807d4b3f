resource "aws_s3_bucket_lifecycle_configuration" "exports" {
  bucket = "example-exports"
  rule {
    id     = "unfinished-uploads"
    status = "Enabled"
    filter {
      prefix = ""
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
