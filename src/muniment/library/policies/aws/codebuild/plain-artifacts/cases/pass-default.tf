resource "aws_codebuild_project" "shop" {
  name         = "shop"
  service_role = "arn:aws:iam::111122223333:role/build"
  artifacts {
    type     = "S3"
    location = "artifacts"
  }
  secondary_artifacts {
    type                = "S3"
    artifact_identifier = "reports"
    location            = "reports"
    encryption_disabled = false
  }
}
