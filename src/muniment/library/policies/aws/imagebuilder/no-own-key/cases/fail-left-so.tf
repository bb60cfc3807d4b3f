resource "aws_imagebuilder_component" "this" { # expect: fail
  name = "agent"
}
