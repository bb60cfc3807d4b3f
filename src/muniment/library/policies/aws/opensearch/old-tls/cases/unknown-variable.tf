variable "given" {
  type = string
}

resource "aws_elasticsearch_domain" "this" {
  domain_name = "shop"
  domain_endpoint_options {
    tls_security_policy = var.given
  }
}
