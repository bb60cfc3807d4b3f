resource "aws_s3_bucket" "plans" { # expect: fail
  bucket = "example-plans"
}

resource "aws_s3_bucket_versioning" "plans" {
  bucket = aws_s3_bucket.plans.id
  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_s3_bucket" "old" {
  bucket = "example-old"
  versioning { # expect: fail
    enabled = false
  }
}
