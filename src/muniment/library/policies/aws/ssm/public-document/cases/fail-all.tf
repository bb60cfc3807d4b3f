resource "aws_ssm_document" "install" {
  name          = "install"
  document_type = "Command"
  content       = "{}"
  permissions = { # expect: fail
    type        = "Share"
    account_ids = "All"
  }
}
