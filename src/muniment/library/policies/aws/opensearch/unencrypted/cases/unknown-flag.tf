variable "encrypt" {
  type = bool
}

resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  encrypt_at_rest {
    enabled = var.encrypt
  }
  domain_endpoint_options {
    enforce_https = true
  }
}
