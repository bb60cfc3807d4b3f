resource "aws_api_gateway_stage" "this" {
  stage_name           = "live"
  xray_tracing_enabled = true
}
