resource "aws_workspaces_workspace" "this" {
  user_name                      = "jane"
  user_volume_encryption_enabled = true
  root_volume_encryption_enabled = true
}
