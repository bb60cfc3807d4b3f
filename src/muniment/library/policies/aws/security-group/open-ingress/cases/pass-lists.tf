resource "aws_vpc_security_group_ingress_rule" "service" {
  security_group_id = "sg-0a1b2c3d4e5f60718"
  from_port         = 80
  to_port           = 80
  ip_protocol       = "tcp"
  prefix_list_id    = "pl-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "six" {
  security_group_id = "sg-0a1b2c3d4e5f60718"
  from_port         = 80
  to_port           = 80
  ip_protocol       = "tcp"
  cidr_ipv6         = "fd00::/8"
}

resource "aws_vpc_security_group_ingress_rule" "plural" {
  security_group_id = "sg-0a1b2c3d4e5f60718"
  from_port         = 80
  to_port           = 80
  ip_protocol       = "tcp"
  prefix_list_ids   = "pl-0a1b2c3d4e5f60718"
}
