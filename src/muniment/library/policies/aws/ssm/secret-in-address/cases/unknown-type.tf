variable "type" {
  type = string
}

resource "aws_ssm_parameter" "given" {
  name  = "given"
  type  = var.type
  value = "v"
}

data "http" "status" {
  url = "https://example.com/?p=${aws_ssm_parameter.given.value}"
}
