resource "aws_globalaccelerator_accelerator" "this" { # expect: fail
  name = "edge"
}
