resource "aws_s3_bucket" "scans" { # expect: fail
  bucket = "example-scans"
}

resource "aws_s3_bucket" "old" {
  bucket = "example-old"
  server_side_encryption_configuration { # expect: fail
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
}
