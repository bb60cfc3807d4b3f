resource "aws_codepipeline" "this" { # expect: fail
  name = "release"
}
