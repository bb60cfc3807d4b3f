variable "certificate" {
  type = string
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id           = "a1b2c3"
  deployment_id         = "d4e5f6"
  stage_name            = "live"
  client_certificate_id = var.certificate
}
