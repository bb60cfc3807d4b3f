resource "aws_ecs_cluster" "shop" {
  name = "shop"
  configuration {
    execute_command_configuration {
      kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
      logging    = "OVERRIDE"
      log_configuration {
        cloud_watch_encryption_enabled = true
        cloud_watch_log_group_name     = "shells"
      }
    }
  }
}

resource "aws_ecs_cluster" "jobs" {
  name = "jobs"
  configuration {
    execute_command_configuration {
      kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
      logging    = "OVERRIDE"
      log_configuration {
        s3_bucket_encryption_enabled = true
        s3_bucket_name               = "shells"
      }
    }
  }
}
