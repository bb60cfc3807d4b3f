variable "given" {
  type = string
}

resource "aws_elasticsearch_domain" "this" {
  domain_name = "shop"
  encrypt_at_rest {
    kms_key_id = var.given
  }
}
