resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name      = "root-sign-in"
  actions_enabled = false # expect: fail
}
