variable "fine" {
  type = bool
}

resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  advanced_security_options {
    enabled = var.fine
  }
}
