variable "password" {
  type = string
}

resource "aws_ecs_task_definition" "orders" {
  family = "orders"
  container_definitions = jsonencode([{
    name        = "app"
    image       = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.4.2"
    environment = [{ name = "DB_PASSWORD", value = var.password }]
  }])
}
