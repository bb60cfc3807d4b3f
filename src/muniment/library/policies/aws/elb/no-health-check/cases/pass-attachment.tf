resource "aws_elb" "shop" {
  name = "shop"
  health_check {
    target              = "HTTPS:8443/healthz"
    healthy_threshold   = 2
    unhealthy_threshold = 2
    interval            = 30
    timeout             = 3
  }
}

resource "aws_autoscaling_group" "shop" {
  name              = "shop"
  min_size          = 2
  max_size          = 4
  health_check_type = "ELB"
}

resource "aws_autoscaling_attachment" "shop" {
  autoscaling_group_name = aws_autoscaling_group.shop.name
  elb                    = aws_elb.shop.name
}

resource "aws_lb_target_group" "old" {
  name     = "old"
  port     = 8443
  protocol = "HTTPS"
  health_check {
    path = "/healthz"
  }
}

resource "aws_autoscaling_attachment" "old" {
  autoscaling_group_name = aws_autoscaling_group.shop.name
  alb_target_group_arn   = aws_lb_target_group.old.arn
}
