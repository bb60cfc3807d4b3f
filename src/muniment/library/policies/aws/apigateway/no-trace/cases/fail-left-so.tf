resource "aws_api_gateway_stage" "this" { # expect: fail
  stage_name = "live"
}
