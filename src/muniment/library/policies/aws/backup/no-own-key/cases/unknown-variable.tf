variable "given" {
  type = string
}

resource "aws_backup_vault" "this" {
  name        = "vault"
  kms_key_arn = var.given
}
