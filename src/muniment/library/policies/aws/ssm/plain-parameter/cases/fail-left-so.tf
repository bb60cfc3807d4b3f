resource "aws_ssm_parameter" "this" { # expect: fail
  name = "token"
}
