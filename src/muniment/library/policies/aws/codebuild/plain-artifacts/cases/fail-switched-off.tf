resource "aws_codebuild_project" "shop" {
  name         = "shop"
  service_role = "arn:aws:iam::111122223333:role/build"
  artifacts { # expect: fail
    type                = "S3"
    location            = "artifacts"
    encryption_disabled = true
  }
}
