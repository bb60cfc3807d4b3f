resource "aws_cloudwatch_log_group" "audit" {
  name              = "/example/audit"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "everlasting" {
  name              = "/example/everlasting"
  retention_in_days = 0
}

resource "aws_cloudwatch_log_group" "default" {
  name = "/example/default"
}
