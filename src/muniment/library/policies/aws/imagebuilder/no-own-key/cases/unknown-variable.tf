variable "given" {
  type = string
}

resource "aws_imagebuilder_component" "this" {
  name       = "agent"
  kms_key_id = var.given
}
