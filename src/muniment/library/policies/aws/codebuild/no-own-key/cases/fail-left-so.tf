resource "aws_codebuild_project" "this" { # expect: fail
  name = "build"
}
