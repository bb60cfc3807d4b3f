resource "aws_lambda_function_url" "this" {
  function_name      = "app"
  authorization_type = "NONE" # expect: fail
}

resource "aws_lambda_permission" "this" {
  function_name = "app"
  action        = "lambda:InvokeFunction"
  principal     = "*" # expect: fail
}
