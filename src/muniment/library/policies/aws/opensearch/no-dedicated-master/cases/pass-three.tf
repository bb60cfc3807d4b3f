resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  cluster_config {
    dedicated_master_enabled = true
    zone_awareness_enabled   = true
    dedicated_master_count   = 3
  }
}
