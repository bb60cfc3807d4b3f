variable "insights" {
  type = string
}

resource "aws_ecs_cluster" "shop" {
  name = "shop"
  setting {
    name  = "containerInsights"
    value = var.insights
  }
}
