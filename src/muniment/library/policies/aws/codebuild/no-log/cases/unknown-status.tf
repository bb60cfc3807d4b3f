variable "status" {
  type = string
}

resource "aws_codebuild_project" "shop" {
  name         = "shop"
  service_role = "arn:aws:iam::111122223333:role/build"
  logs_config {
    s3_logs {
      status   = var.status
      location = "builds/log"
    }
  }
}
