resource "aws_s3_bucket_ownership_controls" "exports" {
  bucket = "example-exports"
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
