resource "aws_api_gateway_stage" "this" {
  stage_name = "live"
  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:api"
  }
}

resource "aws_apigatewayv2_stage" "this" {
  name = "live"
  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:api"
  }
}
