resource "aws_network_acl_rule" "ssh" {
  network_acl_id  = "acl-0123456789abcdef0"
  rule_number     = 100
  rule_action     = "allow"
  protocol        = "tcp"
  from_port       = 22
  to_port         = 22
  ipv6_cidr_block = "::/0" # expect: fail
}
