resource "aws_elb" "shop" {
  name = "shop"
  listener {
    instance_port      = 8443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3"
  }
}

resource "aws_load_balancer_policy" "shop" {
  load_balancer_name = aws_elb.shop.name
  policy_name        = "current"
  policy_type_name   = "SSLNegotiationPolicyType"
  policy_attribute {
    name  = "Protocol-TLSv1.2"
    value = "true"
  }
  policy_attribute {
    name  = "Protocol-TLSv1"
    value = "false"
  }
}
