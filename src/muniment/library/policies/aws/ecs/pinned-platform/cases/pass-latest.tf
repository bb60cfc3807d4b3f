resource "aws_ecs_service" "shop" {
  name            = "shop"
  launch_type     = "FARGATE"
  task_definition = "shop:7"
}
