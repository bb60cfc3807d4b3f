resource "aws_autoscaling_group" "shop" {
  name                 = "shop"
  min_size             = 2
  max_size             = 4
  launch_configuration = "shop-1" # expect: fail
  tag {
    key                 = "service"
    value               = "shop"
    propagate_at_launch = true
  }
}
