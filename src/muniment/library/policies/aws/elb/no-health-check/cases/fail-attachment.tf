resource "aws_lb_target_group" "shop" {
  name     = "shop"
  port     = 443
  protocol = "TCP"
}

resource "aws_autoscaling_group" "shop" {
  name              = "shop"
  min_size          = 2
  max_size          = 4
  health_check_type = "EC2"
}

resource "aws_autoscaling_attachment" "shop" {
  autoscaling_group_name = aws_autoscaling_group.shop.name
  lb_target_group_arn    = aws_lb_target_group.shop.arn # expect: fail
}
