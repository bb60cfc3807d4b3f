resource "aws_ecs_task_definition" "shop" {
  family                = "shop"
  container_definitions = jsonencode([{ name = "app", image = "app:1.4.2" }]) # expect: fail
}
