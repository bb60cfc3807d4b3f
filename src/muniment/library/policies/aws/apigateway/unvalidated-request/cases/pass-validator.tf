resource "aws_api_gateway_request_validator" "all" {
  name                        = "all"
  rest_api_id                 = "a1b2c3"
  validate_request_body       = true
  validate_request_parameters = true
}

resource "aws_api_gateway_method" "create" {
  rest_api_id          = "a1b2c3"
  resource_id          = "d4e5f6"
  http_method          = "POST"
  authorization        = "AWS_IAM"
  request_validator_id = aws_api_gateway_request_validator.all.id
}
