variable "key" {
  type = string
}

resource "aws_lambda_function" "app" {
  function_name = "app"
  role          = "arn:aws:iam::111122223333:role/app"
  kms_key_arn   = var.key
  environment {
    variables = { LEVEL = "info" }
  }
}
