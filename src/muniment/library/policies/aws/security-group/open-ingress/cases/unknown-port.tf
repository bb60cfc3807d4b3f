variable "port" {
  type = number
}

resource "aws_vpc_security_group_ingress_rule" "service" {
  security_group_id = "sg-0a1b2c3d4e5f60718"
  from_port         = var.port
  to_port           = var.port
  ip_protocol       = "tcp"
  cidr_ipv4         = "0.0.0.0/0"
}
