variable "keep" {
  type = bool
}

resource "aws_lb" "web" {
  enable_deletion_protection = var.keep
}
