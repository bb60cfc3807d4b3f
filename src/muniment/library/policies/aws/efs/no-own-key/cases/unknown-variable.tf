variable "given" {
  type = string
}

resource "aws_efs_file_system" "this" {
  kms_key_id = var.given
}
