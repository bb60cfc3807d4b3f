variable "accounts" {
  type = string
}

resource "aws_ssm_document" "install" {
  name          = "install"
  document_type = "Command"
  content       = "{}"
  permissions = {
    type        = "Share"
    account_ids = var.accounts
  }
}
