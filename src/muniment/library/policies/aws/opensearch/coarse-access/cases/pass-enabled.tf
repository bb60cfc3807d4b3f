resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  advanced_security_options {
    enabled = true
  }
}

resource "aws_elasticsearch_domain" "old" {
  domain_name = "old"
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = true
  }
}
