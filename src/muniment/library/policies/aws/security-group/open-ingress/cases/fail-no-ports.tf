resource "aws_vpc_security_group_ingress_rule" "in" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "6"
  cidr_ipv4         = "0.0.0.0/0" # expect: fail
}
