variable "given" {
  type = string
}

resource "aws_kendra_index" "this" {
  name = "handbook"
  server_side_encryption_configuration {
    kms_key_id = var.given
  }
}
