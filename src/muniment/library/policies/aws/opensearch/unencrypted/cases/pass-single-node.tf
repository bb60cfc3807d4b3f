resource "aws_elasticsearch_domain" "small" {
  domain_name = "small"
  encrypt_at_rest {
    enabled = true
  }
}
