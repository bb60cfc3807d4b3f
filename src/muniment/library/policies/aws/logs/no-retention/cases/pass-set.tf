resource "aws_cloudwatch_log_group" "audit" {
  name              = "/example/audit"
  retention_in_days = 400
}

resource "aws_cloudwatch_log_group" "handover" {
  name            = "/example/handover"
  log_group_class = "DELIVERY"
}
