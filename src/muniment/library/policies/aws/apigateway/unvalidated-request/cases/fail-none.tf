resource "aws_api_gateway_method" "create" { # expect: fail
  rest_api_id   = "a1b2c3"
  resource_id   = "d4e5f6"
  http_method   = "POST"
  authorization = "AWS_IAM"
}
