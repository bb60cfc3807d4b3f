resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  cluster_config {
    instance_count = 3
  }
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https = true
  }
}
