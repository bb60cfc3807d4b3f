resource "aws_lb" "shop" {
  name               = "shop"
  load_balancer_type = "application"
}

resource "aws_wafv2_web_acl_association" "shop" {
  resource_arn = aws_lb.shop.arn
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/a1b2c3"
}

resource "aws_lb" "inside" {
  name     = "inside"
  internal = true
}

resource "aws_lb" "through" {
  name               = "through"
  load_balancer_type = "network"
}
