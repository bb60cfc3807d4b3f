resource "aws_wafv2_web_acl" "shop" { # expect: fail
  name  = "shop"
  scope = "REGIONAL"
}
