resource "aws_cloudsearch_domain" "this" { # expect: fail
  name = "shop"
}
