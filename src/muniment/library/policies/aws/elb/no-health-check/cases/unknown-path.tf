variable "path" {
  type = string
}

resource "aws_lb_target_group" "shop" {
  name     = "shop"
  port     = 8443
  protocol = "HTTPS"
  health_check {
    path = var.path
  }
}
