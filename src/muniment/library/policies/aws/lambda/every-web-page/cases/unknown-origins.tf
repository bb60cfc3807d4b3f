variable "origins" {
  type = list(string)
}

resource "aws_lambda_function" "order" {
  function_name = "order"
  role          = "arn:aws:iam::111122223333:role/order"
}

resource "aws_lambda_function_url" "order" {
  function_name      = aws_lambda_function.order.function_name
  authorization_type = "AWS_IAM"
  cors {
    allow_origins = var.origins
    allow_methods = ["*"]
  }
}
