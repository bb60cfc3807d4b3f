resource "aws_api_gateway_stage" "this" { # expect: fail
  stage_name = "live"
}

resource "aws_apigatewayv2_stage" "this" { # expect: fail
  name = "live"
}
