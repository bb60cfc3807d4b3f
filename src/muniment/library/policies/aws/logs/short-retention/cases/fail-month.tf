resource "aws_cloudwatch_log_group" "audit" {
  name              = "/example/audit"
  retention_in_days = 30 # expect: fail
}
