variable "protected" {
  type = string
}

resource "aws_lb" "shop" {
  name               = "shop"
  load_balancer_type = "application"
}

resource "aws_wafv2_web_acl_association" "given" {
  resource_arn = var.protected
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/a1b2c3"
}
