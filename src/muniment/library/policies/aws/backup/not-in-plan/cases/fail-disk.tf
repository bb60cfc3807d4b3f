resource "aws_ebs_volume" "orders" { # expect: fail
  availability_zone = "eu-west-1a"
  size              = 40
}
