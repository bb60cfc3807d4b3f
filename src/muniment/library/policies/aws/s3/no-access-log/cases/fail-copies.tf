# the log goes elsewhere: this bucket only takes the copies
resource "aws_s3_bucket" "copies" { # expect: fail
  bucket = "example-copies"
}

resource "aws_s3_bucket" "claims" {
  bucket = "example-claims"
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
}
