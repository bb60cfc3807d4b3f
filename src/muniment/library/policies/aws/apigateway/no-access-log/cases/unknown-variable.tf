variable "given" {
  type = string
}

resource "aws_api_gateway_stage" "this" {
  stage_name = "live"
  access_log_settings {
    destination_arn = var.given
  }
}
