variable "clients" {
  type = string
}

resource "aws_vpc_security_group_ingress_rule" "store" {
  security_group_id = "sg-0a1b2c3d4e5f60718"
  ip_protocol       = "tcp"
  from_port         = 3306
  to_port           = 3306
  cidr_ipv4         = var.clients
}
