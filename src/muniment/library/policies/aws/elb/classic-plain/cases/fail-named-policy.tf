resource "aws_load_balancer_policy" "shop" {
  load_balancer_name = "shop"
  policy_name        = "named"
  policy_type_name   = "SSLNegotiationPolicyType"
  policy_attribute { # expect: fail
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-2016-08"
  }
}
