resource "aws_ecs_task_definition" "orders" {
  family = "orders"
  container_definitions = jsonencode([{
    name  = "app"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.4.2"
    environment = [
      { name = "TOKEN_LIFETIME", value = "300" },
      { name = "SECRET", value = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders" },
      { name = "PASSWORD", value = "" },
    ]
    secrets = [{ name = "DB_PASSWORD", valueFrom = "/orders/db" }]
  }])
}
