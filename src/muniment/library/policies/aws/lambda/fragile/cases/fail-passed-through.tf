resource "aws_lambda_function" "app" {
  function_name                  = "app"
  role                           = "arn:aws:iam::111122223333:role/app"
  reserved_concurrent_executions = 50
  tracing_config { # expect: fail
    mode = "PassThrough"
  }
  dead_letter_config {
    target_arn = "arn:aws:sqs:eu-west-1:111122223333:failed"
  }
}
