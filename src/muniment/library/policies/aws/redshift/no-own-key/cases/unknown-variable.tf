variable "given" {
  type = string
}

resource "aws_redshift_snapshot_copy_grant" "this" {
  kms_key_id = var.given
}
