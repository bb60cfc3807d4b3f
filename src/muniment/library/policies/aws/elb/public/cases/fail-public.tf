resource "aws_lb" "shop" {
  name     = "shop"
  internal = false # expect: fail
  subnets  = ["subnet-0a1b2c3d"]
}

resource "aws_lb" "left" {
  name    = "left" # expect: fail
  subnets = ["subnet-0a1b2c3d"]
}
