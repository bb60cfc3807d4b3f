resource "aws_network_acl_rule" "out" {
  network_acl_id = "acl-1"
  egress         = true
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}
