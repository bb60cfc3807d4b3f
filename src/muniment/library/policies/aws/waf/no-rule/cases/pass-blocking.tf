resource "aws_wafv2_web_acl" "shop" {
  name  = "shop"
  scope = "REGIONAL"
  rule {
    name     = "rate"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit = 2000
      }
    }
  }
}

resource "aws_waf_rule_group" "old" {
  name        = "old"
  metric_name = "old"
  activated_rule {
    priority = 1
    rule_id  = "a1b2c3"
    action {
      type = "BLOCK"
    }
  }
}
