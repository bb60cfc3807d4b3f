resource "aws_lb" "through" {
  name                             = "through"
  load_balancer_type               = "network"
  enable_cross_zone_load_balancing = true
}

resource "aws_elb" "shop" {
  name                      = "shop"
  cross_zone_load_balancing = true
}
