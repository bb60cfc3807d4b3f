variable "logging" {
  type = string
}

resource "aws_ecs_cluster" "shop" {
  name = "shop"
  configuration {
    execute_command_configuration {
      kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
      logging    = var.logging
      log_configuration {
        cloud_watch_encryption_enabled = true
      }
    }
  }
}
