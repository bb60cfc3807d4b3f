resource "aws_autoscaling_group" "shop" {
  name           = "shop"
  min_size       = 2
  max_size       = 4
  load_balancers = ["shop"] # expect: fail
}
