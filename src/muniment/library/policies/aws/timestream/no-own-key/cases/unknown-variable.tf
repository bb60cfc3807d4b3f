variable "given" {
  type = string
}

resource "aws_timestreamwrite_database" "this" {
  database_name = "meters"
  kms_key_id    = var.given
}
