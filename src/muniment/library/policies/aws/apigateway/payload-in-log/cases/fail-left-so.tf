resource "aws_api_gateway_method_settings" "this" {
  method_path = "*/*"
  settings { # expect: fail
    data_trace_enabled = true
  }
}
