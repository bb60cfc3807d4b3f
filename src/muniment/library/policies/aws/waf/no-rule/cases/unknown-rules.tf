variable "rules" {
  type = list(string)
}

resource "aws_wafv2_web_acl" "shop" {
  name  = "shop"
  scope = "REGIONAL"
  dynamic "rule" {
    for_each = var.rules
    content {
      name     = rule.value
      priority = rule.key
      action {
        block {}
      }
      statement {
        rule_group_reference_statement {
          arn = rule.value
        }
      }
    }
  }
}
