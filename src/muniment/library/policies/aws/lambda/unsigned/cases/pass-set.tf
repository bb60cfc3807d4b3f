resource "aws_lambda_function" "this" {
  function_name           = "app"
  code_signing_config_arn = "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0123456789abcdef0"
}
