variable "given" {
  type = bool
}

resource "aws_codebuild_project" "this" {
  name = "build"
  logs_config {
    s3_logs {
      encryption_disabled = var.given
    }
  }
}
