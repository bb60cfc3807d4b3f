resource "aws_instance" "this" { # expect: fail
  instance_type = "t3.small"
}
