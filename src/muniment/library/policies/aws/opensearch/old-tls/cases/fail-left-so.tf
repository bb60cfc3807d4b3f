resource "aws_elasticsearch_domain" "this" { # expect: fail
  domain_name = "shop"
}

resource "aws_opensearch_domain" "this" { # expect: fail
  domain_name = "shop"
}
