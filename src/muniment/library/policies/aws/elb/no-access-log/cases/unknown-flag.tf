variable "log" {
  type = bool
}

resource "aws_lb" "web" {
  load_balancer_type = "application"
  access_logs {
    bucket  = "example-logs"
    enabled = var.log
  }
}
