variable "status" {
  type = string
}

resource "aws_s3_bucket" "plans" {
  bucket = "example-plans"
}

resource "aws_s3_bucket_versioning" "plans" {
  bucket = aws_s3_bucket.plans.id
  versioning_configuration {
    status = var.status
  }
}
