resource "aws_elasticsearch_domain" "this" {
  domain_name = "shop"
  encrypt_at_rest {
    kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}

resource "aws_opensearch_domain" "this" {
  domain_name = "shop"
  encrypt_at_rest {
    kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
