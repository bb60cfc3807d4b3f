resource "aws_lambda_function" "app" {
  function_name = "app"
  role          = "arn:aws:iam::111122223333:role/app"
  environment {
    variables = { # expect: fail
      KEY_ID     = "AKIAIOSFODNN7EXAMPLE"
      SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    }
  }
}
