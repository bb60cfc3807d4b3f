variable "option" {
  type = string
}

resource "aws_codegurureviewer_repository_association" "shop" {
  kms_key_details {
    encryption_option = var.option
    kms_key_id        = "a1b2c3"
  }
}
