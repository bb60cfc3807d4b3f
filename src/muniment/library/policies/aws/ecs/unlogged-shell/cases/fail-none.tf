resource "aws_ecs_cluster" "shop" {
  name = "shop"
  configuration { # expect: fail
    execute_command_configuration {
      logging = "NONE"
    }
  }
}
