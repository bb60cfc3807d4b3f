resource "aws_opensearch_domain" "catalogue" { # expect: fail
  domain_name = "catalogue"
}
