variable "given" {
  type = list(string)
}

resource "aws_api_gateway_method_settings" "this" {
  method_path = "*/*"
  settings    = var.given
}
