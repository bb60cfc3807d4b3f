resource "aws_wafregional_web_acl" "old" {
  name        = "old"
  metric_name = "old"
  default_action {
    type = "ALLOW"
  }
  rule {} # expect: fail
}
