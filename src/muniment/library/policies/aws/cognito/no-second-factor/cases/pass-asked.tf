resource "aws_cognito_user_pool" "customers" {
  name              = "customers"
  mfa_configuration = "ON"
  software_token_mfa_configuration {
    enabled = true
  }
}

resource "aws_cognito_user_pool" "partners" {
  name              = "partners"
  mfa_configuration = "OPTIONAL"
  email_mfa_configuration {
    message = "Your code is {####}"
  }
}
