resource "aws_lb" "web" {
  load_balancer_type = "application"
  access_logs {
    bucket  = "example-logs"
    enabled = true
  }
}

resource "aws_elb" "old" {
  name = "old"
  access_logs {
    bucket = "example-logs"
  }
}
