resource "aws_load_balancer_policy" "old_clients" {
  load_balancer_name = "shop"
  policy_name        = "old-clients"
  policy_type_name   = "SSLNegotiationPolicyType"

  policy_attribute { # expect: fail
    name  = "Protocol-TLSv1.2"
    value = "true"
  }

  policy_attribute {
    name  = "DES-CBC3-SHA"
    value = "true"
  }
}
