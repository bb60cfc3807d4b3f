resource "aws_backup_vault" "this" { # expect: fail
  name = "vault"
}
