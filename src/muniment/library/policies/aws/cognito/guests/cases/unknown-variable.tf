variable "given" {
  type = bool
}

resource "aws_cognito_identity_pool" "this" {
  identity_pool_name               = "shop"
  allow_unauthenticated_identities = var.given
}
