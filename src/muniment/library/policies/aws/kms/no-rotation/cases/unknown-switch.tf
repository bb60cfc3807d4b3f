variable "rotate" {
  type = bool
}

resource "aws_kms_key" "claims" {
  description         = "claims"
  enable_key_rotation = var.rotate
}
