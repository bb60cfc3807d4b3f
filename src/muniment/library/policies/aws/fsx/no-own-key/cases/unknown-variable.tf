variable "given" {
  type = string
}

resource "aws_fsx_ontap_file_system" "this" {
  kms_key_id = var.given
}
