resource "aws_cognito_identity_pool" "this" { # expect: fail
  identity_pool_name = "shop"
}
