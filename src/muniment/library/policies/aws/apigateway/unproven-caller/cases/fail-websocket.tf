resource "aws_apigatewayv2_api" "chat" {
  name          = "chat"
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_stage" "live" { # expect: fail
  api_id = aws_apigatewayv2_api.chat.id
  name   = "live"
}
