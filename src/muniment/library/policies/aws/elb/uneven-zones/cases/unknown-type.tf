variable "even" {
  type = bool
}

resource "aws_lb" "through" {
  name                             = "through"
  load_balancer_type               = "network"
  enable_cross_zone_load_balancing = var.even
}
