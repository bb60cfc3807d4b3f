variable "given" {
  type = string
}

resource "aws_transfer_server" "this" {
  tags          = { owner = "exchange" }
  endpoint_type = var.given
}
