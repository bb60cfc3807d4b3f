resource "aws_secretsmanager_secret" "this" { # expect: fail
  name = "app/token"
}
