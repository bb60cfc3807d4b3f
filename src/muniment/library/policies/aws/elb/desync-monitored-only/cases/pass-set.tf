resource "aws_lb" "this" {
  name                   = "web"
  desync_mitigation_mode = "strictest"
}

resource "aws_alb" "this" {
  desync_mitigation_mode = "strictest"
}

resource "aws_elb" "this" {
  name                   = "old"
  desync_mitigation_mode = "strictest"
}
