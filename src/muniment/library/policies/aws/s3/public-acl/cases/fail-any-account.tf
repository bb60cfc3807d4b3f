resource "aws_s3_bucket" "shared" {
  bucket = "example-shared"
  grant { # expect: fail
    type        = "Group"
    uri         = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
    permissions = ["READ", "WRITE"]
  }
}
