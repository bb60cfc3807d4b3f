resource "aws_lambda_function" "this" { # expect: fail
  function_name = "app"
}
