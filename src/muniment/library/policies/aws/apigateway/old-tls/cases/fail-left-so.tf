resource "aws_api_gateway_domain_name" "this" { # expect: fail
  domain_name = "api.example.com"
}
