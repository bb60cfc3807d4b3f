resource "aws_autoscaling_group" "shop" {
  name     = "shop"
  min_size = 2
  max_size = 4
  launch_template {
    id      = "lt-1"
    version = "$Latest"
  }
  tag {
    key                 = "service"
    value               = "shop"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group" "mixed" {
  name     = "mixed"
  min_size = 2
  max_size = 4
  tags     = [{ key = "service", value = "shop", propagate_at_launch = true }]
  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = "lt-1"
      }
    }
  }
}
