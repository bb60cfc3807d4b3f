resource "aws_ecs_service" "shop" {
  name             = "shop"
  launch_type      = "FARGATE"
  platform_version = "1.3.0" # expect: fail
  task_definition  = "shop:7"
}
