resource "aws_ecs_task_definition" "agent" {
  family       = "agent"
  network_mode = "host" # expect: fail
  container_definitions = jsonencode([{
    name  = "agent"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/agent:1.4.2"
  }])
}
