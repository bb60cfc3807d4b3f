resource "aws_api_gateway_client_certificate" "backend" {
  description = "shown to the backend"
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id           = "a1b2c3"
  deployment_id         = "d4e5f6"
  stage_name            = "live"
  client_certificate_id = aws_api_gateway_client_certificate.backend.id
}

resource "aws_apigatewayv2_api" "http" {
  name          = "orders"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "http" {
  api_id = aws_apigatewayv2_api.http.id
  name   = "live"
}
