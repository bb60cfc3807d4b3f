variable "given" {
  type = string
}

resource "aws_apigatewayv2_route" "this" {
  route_key          = "GET /orders"
  authorization_type = var.given
}
