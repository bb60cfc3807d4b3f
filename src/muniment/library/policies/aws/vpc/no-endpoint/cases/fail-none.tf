resource "aws_vpc" "shop" { # expect: fail
  cidr_block = "10.0.0.0/16"
}
