variable "transit" {
  type = string
}

resource "aws_ecs_task_definition" "shop" {
  family                = "shop"
  container_definitions = jsonencode([{ name = "app", image = "app:1.4.2" }])
  volume {
    name = "uploads"
    efs_volume_configuration {
      file_system_id     = "fs-1"
      transit_encryption = var.transit
    }
  }
}
