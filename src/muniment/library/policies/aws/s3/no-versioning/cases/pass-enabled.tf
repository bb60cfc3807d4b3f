resource "aws_s3_bucket" "plans" {
  bucket = "example-plans"
}

resource "aws_s3_bucket_versioning" "plans" {
  bucket = aws_s3_bucket.plans.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "old" {
  bucket = "example-old"
  versioning {
    enabled = true
  }
}
