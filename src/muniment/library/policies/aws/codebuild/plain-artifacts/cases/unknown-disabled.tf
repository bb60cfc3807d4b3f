variable "disabled" {
  type = bool
}

resource "aws_codebuild_project" "shop" {
  name         = "shop"
  service_role = "arn:aws:iam::111122223333:role/build"
  artifacts {
    type                = "S3"
    location            = "artifacts"
    encryption_disabled = var.disabled
  }
}
