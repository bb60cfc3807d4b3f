resource "aws_ecs_service" "this" {
  name = "web"
  network_configuration { # expect: fail
    assign_public_ip = true
  }
}
