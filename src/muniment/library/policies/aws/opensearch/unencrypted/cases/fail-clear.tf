resource "aws_opensearch_domain" "catalogue" { # expect: fail
  domain_name = "catalogue"
  cluster_config {
    instance_count = 3
  }
  domain_endpoint_options { # expect: fail
    enforce_https = false
  }
}
