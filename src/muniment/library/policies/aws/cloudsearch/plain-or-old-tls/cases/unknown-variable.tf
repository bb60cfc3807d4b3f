variable "given" {
  type = bool
}

resource "aws_cloudsearch_domain" "this" {
  name = "shop"
  endpoint_options {
    enforce_https       = var.given
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}
