resource "aws_cognito_user_pool" "customers" {
  name              = "customers"
  mfa_configuration = "ON" # expect: fail
}
