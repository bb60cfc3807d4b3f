resource "aws_s3_bucket" "downloads" {
  bucket = "downloads"
}

resource "aws_s3_bucket_acl" "downloads" {
  bucket = aws_s3_bucket.downloads.id
  access_control_policy { # expect: fail
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
    }
    owner {
      id = "a1b2c3"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "downloads" {
  bucket                  = aws_s3_bucket.downloads.id
  block_public_acls       = false
  restrict_public_buckets = false
}
