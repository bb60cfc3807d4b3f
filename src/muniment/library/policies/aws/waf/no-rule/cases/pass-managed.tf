resource "aws_wafv2_web_acl" "json" {
  name      = "json"
  scope     = "REGIONAL"
  rule_json = "[{\"Name\": \"rate\"}]"
}

resource "aws_wafv2_web_acl" "managed" {
  name  = "managed"
  scope = "REGIONAL"
  rule {
    name     = "bad-inputs"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }
  }
}
