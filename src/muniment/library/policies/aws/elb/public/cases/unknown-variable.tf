variable "internal" {
  type = bool
}

resource "aws_lb" "orders" {
  name     = "orders"
  internal = var.internal
  subnets  = ["subnet-0a1b2c3d"]
}
