resource "aws_s3_bucket" "claims" { # expect: fail
  bucket = "example-claims"
}

resource "aws_s3_bucket_logging" "claims" {
  bucket        = aws_s3_bucket.claims.id
  target_bucket = "example-logs"
  target_prefix = "claims/"
}

resource "aws_s3_bucket" "copies" { # expect: fail
  bucket = "example-copies"
}

resource "aws_s3_bucket" "orders" {
  bucket = "example-orders"
  logging {
    target_bucket = "example-logs"
  }
  replication_configuration {
    role = "arn:aws:iam::111122223333:role/copies"
    rules {
      status = "Enabled"
      destination {
        bucket = aws_s3_bucket.copies.arn
      }
    }
  }
  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "aws:kms"
      }
    }
  }
}
