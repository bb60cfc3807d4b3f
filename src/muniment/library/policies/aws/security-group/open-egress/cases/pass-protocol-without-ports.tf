# encapsulated traffic has no ports that a rule could leave open
resource "aws_vpc_security_group_egress_rule" "tunnel" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "50"
  cidr_ipv4         = "0.0.0.0/0"
}
