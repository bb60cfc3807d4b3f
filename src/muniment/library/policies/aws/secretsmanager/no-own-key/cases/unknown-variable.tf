variable "given" {
  type = string
}

resource "aws_secretsmanager_secret" "this" {
  name       = "app/token"
  kms_key_id = var.given
}
