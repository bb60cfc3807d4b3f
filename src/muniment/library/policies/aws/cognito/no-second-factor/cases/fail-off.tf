resource "aws_cognito_user_pool" "customers" {
  name = "customers" # expect: fail
  software_token_mfa_configuration {
    enabled = true
  }
}

resource "aws_cognito_user_pool" "partners" {
  name              = "partners"
  mfa_configuration = "OFF" # expect: fail
  sms_configuration {
    external_id    = "partners"
    sns_caller_arn = "arn:aws:iam::111122223333:role/sms"
  }
}
