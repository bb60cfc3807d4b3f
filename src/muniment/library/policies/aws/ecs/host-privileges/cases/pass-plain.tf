resource "aws_ecs_task_definition" "shop" {
  family   = "shop"
  pid_mode = "task"
  container_definitions = jsonencode([{
    name       = "app"
    image      = "app:1.4.2"
    privileged = false
    pidMode    = "task"
  }])
}
