resource "aws_network_acl_rule" "all" {
  network_acl_id = "acl-1"
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "-1" # expect: fail
  cidr_block     = "0.0.0.0/0"
}
