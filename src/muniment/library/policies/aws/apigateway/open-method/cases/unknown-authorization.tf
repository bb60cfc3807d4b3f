variable "authorization" {
  type = string
}

resource "aws_api_gateway_method" "list" {
  rest_api_id   = "a1b2c3"
  resource_id   = "d4e5f6"
  http_method   = "GET"
  authorization = var.authorization
}
