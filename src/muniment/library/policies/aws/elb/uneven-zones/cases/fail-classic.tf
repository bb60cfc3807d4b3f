resource "aws_elb" "shop" {
  name                      = "shop"
  cross_zone_load_balancing = false # expect: fail
}
