resource "aws_ecs_task_definition" "shop" {
  family                = "shop"
  container_definitions = jsonencode([{ name = "app", image = "app:1.4.2" }])
  execution_role_arn    = "arn:aws:iam::111122223333:role/task"
  task_role_arn         = "arn:aws:iam::111122223333:role/task" # expect: fail
}
