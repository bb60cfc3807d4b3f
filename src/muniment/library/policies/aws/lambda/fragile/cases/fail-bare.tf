resource "aws_lambda_function" "app" { # expect: fail
  function_name                  = "app"
  role                           = "arn:aws:iam::111122223333:role/app"
  reserved_concurrent_executions = -1 # expect: fail
}
