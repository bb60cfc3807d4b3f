resource "aws_s3_bucket" "trail" {
  bucket = "trail"
}

resource "aws_s3_bucket_acl" "trail" {
  bucket = aws_s3_bucket.trail.id
  access_control_policy { # expect: fail
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
      }
    }
    owner {
      id = "c0ffee"
    }
  }
}

resource "aws_cloudtrail" "trail" {
  name           = "trail"
  s3_bucket_name = "trail"
}
