variable "given" {
  type = bool
}

resource "aws_ecs_service" "this" {
  name = "web"
  network_configuration {
    assign_public_ip = var.given
  }
}
