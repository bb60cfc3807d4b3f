variable "topic" {
  type = string
}

resource "aws_cloudtrail" "all" {
  name                       = "all"
  s3_bucket_name             = "example-trail"
  cloud_watch_logs_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:trail:*"
  sns_topic_name             = var.topic
}
