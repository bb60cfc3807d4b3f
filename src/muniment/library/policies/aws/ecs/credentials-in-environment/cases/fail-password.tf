resource "aws_ecs_task_definition" "orders" {
  family = "orders"
  # expect: fail
  container_definitions = jsonencode([{
    name  = "app"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.4.2"
    environment = [
      { name = "STAGE", value = "production" },
      { name = "DB_PASSWORD", value = "correct-horse" },
    ]
  }])
}

resource "aws_ecs_task_definition" "mail" {
  family = "mail"
  # expect: fail
  container_definitions = jsonencode([{
    name        = "app"
    image       = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.4.2"
    environment = [{ name = "SENDER", value = "AKIAIOSFODNN7EXAMPLE" }]
  }])
}
