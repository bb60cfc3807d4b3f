resource "aws_s3_bucket_lifecycle_configuration" "exports" {
  bucket = "example-exports"
  rule { # expect: fail
    id     = "logs-only"
    status = "Enabled"
    filter {
      and {
        prefix                   = "logs/"
        object_size_greater_than = 10
        object_size_less_than    = 1000
        tags                     = { keep = "no" }
      }
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
  rule {
    id     = "tagged"
    status = "Enabled"
    filter {
      tag {
        key   = "keep"
        value = "no"
      }
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
