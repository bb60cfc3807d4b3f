variable "given" {
  type = bool
}

resource "aws_codebuild_project" "this" {
  name = "build"
  environment {
    privileged_mode = var.given
  }
}
