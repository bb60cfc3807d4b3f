resource "aws_ses_configuration_set" "this" { # expect: fail
  name = "mail"
}
