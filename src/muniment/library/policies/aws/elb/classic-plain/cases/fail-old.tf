resource "aws_load_balancer_policy" "shop" {
  load_balancer_name = "shop"
  policy_name        = "old"
  policy_type_name   = "SSLNegotiationPolicyType"
  policy_attribute { # expect: fail
    name  = "Protocol-TLSv1"
    value = "true"
  }
}
