resource "aws_ebs_volume" "orders" { # expect: fail
  availability_zone = "eu-west-1a"
  size              = 40
}

resource "aws_ebs_volume" "cache" {
  availability_zone = "eu-west-1a"
  size              = 8
  encrypted         = false # expect: fail
}
