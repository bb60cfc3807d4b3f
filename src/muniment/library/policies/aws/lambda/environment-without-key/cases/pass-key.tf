resource "aws_kms_key" "app" {
  enable_key_rotation = true
}

resource "aws_lambda_function" "app" {
  function_name = "app"
  role          = "arn:aws:iam::111122223333:role/app"
  kms_key_arn   = aws_kms_key.app.arn
  environment {
    variables = { LEVEL = "info" }
  }
}
