resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  cluster_config { # expect: fail
    instance_count = 2
  }
}
