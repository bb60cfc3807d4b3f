resource "aws_cloudwatch_log_group" "trail" {
  name = "trail"
}

resource "aws_cloudtrail" "trail" {
  name                       = "trail"
  s3_bucket_name             = "logs"
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*" # expect: fail
}

resource "aws_cloudwatch_log_metric_filter" "watched" {
  name           = "watched"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ $.eventName = \"DeleteSecurityGroup\" || $.eventName = \"CreateSecurityGroup\" || $.eventName = \"RevokeSecurityGroupEgress\" || $.eventName = \"RevokeSecurityGroupIngress\" || $.eventName = \"AuthorizeSecurityGroupEgress\" || $.eventName = \"AuthorizeSecurityGroupIngress\" }"
  metric_transformation {
    name      = "watched"
    namespace = "trail"
    value     = "1"
  }
}
