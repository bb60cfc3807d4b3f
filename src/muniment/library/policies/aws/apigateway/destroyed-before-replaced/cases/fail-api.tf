resource "aws_api_gateway_rest_api" "orders" { # expect: fail
  name = "orders"
}
