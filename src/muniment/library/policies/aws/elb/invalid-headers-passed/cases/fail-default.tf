resource "aws_lb" "web" { # expect: fail
  load_balancer_type = "application"
}
