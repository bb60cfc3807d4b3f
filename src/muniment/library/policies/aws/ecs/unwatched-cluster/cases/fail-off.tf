resource "aws_ecs_cluster" "shop" {
  name = "shop"
  setting { # expect: fail
    name  = "containerInsights"
    value = "disabled"
  }
}
