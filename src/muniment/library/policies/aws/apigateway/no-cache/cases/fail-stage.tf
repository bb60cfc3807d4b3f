resource "aws_api_gateway_stage" "live" { # expect: fail
  rest_api_id   = "a1b2c3"
  deployment_id = "d4e5f6"
  stage_name    = "live"
}
