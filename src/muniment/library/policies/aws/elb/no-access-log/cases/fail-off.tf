resource "aws_lb" "web" {
  load_balancer_type = "network"
  access_logs { # expect: fail
    bucket = "example-logs"
  }
}

resource "aws_elb" "old" { # expect: fail
  name = "old"
}
