resource "aws_ecs_cluster" "shop" {
  name = "shop"
  configuration { # expect: fail
    execute_command_configuration {
      logging = "OVERRIDE"
      log_configuration {
        cloud_watch_log_group_name = "shells"
      }
    }
  }
}
