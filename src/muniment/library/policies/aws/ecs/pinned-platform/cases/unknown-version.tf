variable "platform" {
  type = string
}

resource "aws_ecs_service" "shop" {
  name             = "shop"
  launch_type      = "FARGATE"
  platform_version = var.platform
  task_definition  = "shop:7"
}
