resource "aws_codebuild_project" "this" {
  name = "build"
  logs_config { # expect: fail
    s3_logs {
      encryption_disabled = true
    }
  }
}
