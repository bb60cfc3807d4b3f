resource "aws_codeartifact_domain" "this" { # expect: fail
  domain = "example"
}
