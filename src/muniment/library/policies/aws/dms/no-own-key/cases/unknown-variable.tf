variable "given" {
  type = string
}

resource "aws_dms_replication_instance" "this" {
  replication_instance_id = "move"
  kms_key_arn             = var.given
}
