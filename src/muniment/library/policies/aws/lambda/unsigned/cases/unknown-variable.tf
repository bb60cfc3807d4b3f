variable "given" {
  type = string
}

resource "aws_lambda_function" "this" {
  function_name           = "app"
  code_signing_config_arn = var.given
}
