resource "aws_cloudwatch_log_group" "audit" { # expect: fail
  name = "/example/audit"
}
