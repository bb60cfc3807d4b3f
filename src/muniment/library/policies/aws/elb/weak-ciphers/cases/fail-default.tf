resource "aws_lb_listener" "shop" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/a1b2c3"
  port              = 443
  protocol          = "HTTPS" # expect: fail
}
