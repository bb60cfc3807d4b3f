resource "aws_iam_role" "task" {
  name               = "task"
  assume_role_policy = "{}"
}

resource "aws_ecs_task_definition" "shop" {
  family                = "shop"
  container_definitions = jsonencode([{ name = "app", image = "app:1.4.2" }])
  execution_role_arn    = aws_iam_role.task.arn
  task_role_arn         = aws_iam_role.task.arn # expect: fail
}
