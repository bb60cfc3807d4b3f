resource "aws_workspaces_workspace" "this" { # expect: fail
  user_name = "jane"
}
