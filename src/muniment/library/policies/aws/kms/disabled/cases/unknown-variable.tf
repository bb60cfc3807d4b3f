variable "given" {
  type = bool
}

resource "aws_kms_key" "this" {
  description = "orders"
  is_enabled  = var.given
}
