resource "aws_sns_topic" "changes" {
  name = "changes"
}

resource "aws_cloudformation_stack" "network" {
  name              = "network"
  notification_arns = [aws_sns_topic.changes.arn]
}
