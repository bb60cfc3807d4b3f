resource "aws_wafv2_rule_group" "shop" {
  name     = "shop"
  scope    = "REGIONAL"
  capacity = 10
  rule { # expect: fail
    name     = "rate"
    priority = 1
    action {}
    statement {
      rate_based_statement {
        limit = 2000
      }
    }
  }
}
