resource "aws_ssm_document" "install" {
  name          = "install"
  document_type = "Command"
  content       = "{}"
  permissions = {
    type        = "Share"
    account_ids = "111122223333"
  }
}
