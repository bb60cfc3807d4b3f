resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = "a1b2c3"
  stage_name  = "live"
  method_path = "*/*"
  settings { # expect: fail
    metrics_enabled = true
  }
}
