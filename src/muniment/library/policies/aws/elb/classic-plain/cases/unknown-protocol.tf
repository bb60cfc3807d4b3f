variable "protocol" {
  type = string
}

resource "aws_elb" "shop" {
  name = "shop"
  listener {
    instance_port      = 8443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = var.protocol
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/a1b2c3"
  }
}
