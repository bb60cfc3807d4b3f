variable "drop" {
  type = bool
}

resource "aws_lb" "web" {
  load_balancer_type         = "application"
  drop_invalid_header_fields = var.drop
}
