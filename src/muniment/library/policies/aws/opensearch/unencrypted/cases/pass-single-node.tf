resource "aws_elasticsearch_domain" "small" {
  domain_name = "small"
  encrypt_at_rest {
    enabled = true
  }
  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
}
