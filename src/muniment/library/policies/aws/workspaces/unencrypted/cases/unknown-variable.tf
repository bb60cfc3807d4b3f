variable "given" {
  type = bool
}

resource "aws_workspaces_workspace" "this" {
  user_name                      = "jane"
  user_volume_encryption_enabled = var.given
  root_volume_encryption_enabled = true
}
