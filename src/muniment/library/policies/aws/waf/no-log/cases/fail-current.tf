resource "aws_wafv2_web_acl" "shop" {
  name  = "shop" # expect: fail
  scope = "REGIONAL"
}
