variable "tags" {
  type = list(map(string))
}

resource "aws_autoscaling_group" "shop" {
  name     = "shop"
  min_size = 2
  max_size = 4
  tags     = var.tags
  launch_template {
    id = "lt-1"
  }
}
