resource "aws_apigatewayv2_route" "this" { # expect: fail
  route_key = "GET /orders"
}
