resource "aws_default_vpc" "default" { # expect: fail
  tags = {
    Name = "default"
  }
}
