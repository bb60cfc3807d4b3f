resource "aws_codebuild_project" "this" {
  name = "build"
  environment { # expect: fail
    privileged_mode = true
  }
}
