resource "aws_lb" "orders" {
  name     = "orders"
  internal = true
  subnets  = ["subnet-0a1b2c3d"]
}

# not judged
resource "aws_lb" "inspection" {
  name               = "inspection"
  load_balancer_type = "gateway"
  subnets            = ["subnet-0a1b2c3d"]
}
