resource "aws_autoscaling_group" "shop" {
  name     = "shop" # expect: fail
  min_size = 2
  max_size = 4
  launch_template {
    id = "lt-1"
  }
}
