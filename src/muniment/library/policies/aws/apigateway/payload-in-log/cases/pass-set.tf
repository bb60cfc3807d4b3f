resource "aws_api_gateway_method_settings" "this" {
  method_path = "*/*"
  settings {
    data_trace_enabled = false
  }
}
