resource "aws_lb" "through" { # expect: fail
  name               = "through"
  load_balancer_type = "network"
}
