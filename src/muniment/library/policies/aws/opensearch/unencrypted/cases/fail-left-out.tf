resource "aws_opensearch_domain" "catalogue" { # expect: fail
  domain_name = "catalogue"
  encrypt_at_rest {
    enabled = true
  }
}
