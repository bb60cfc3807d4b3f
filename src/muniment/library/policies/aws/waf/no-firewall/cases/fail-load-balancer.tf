resource "aws_lb" "shop" {
  name     = "shop"
  internal = false # expect: fail
}
