variable "given" {
  type = string
}

resource "aws_lambda_function_url" "this" {
  function_name      = "app"
  authorization_type = var.given
}
