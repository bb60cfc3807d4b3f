resource "aws_lb_target_group" "shop" {
  name     = "shop"
  port     = 8443
  protocol = "HTTPS"
  health_check {
    enabled = true
    path    = "/healthz"
  }
}

resource "aws_autoscaling_group" "shop" {
  name              = "shop"
  min_size          = 2
  max_size          = 4
  target_group_arns = [aws_lb_target_group.shop.arn]
  health_check_type = "ELB"
}
