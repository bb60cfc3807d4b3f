resource "aws_kms_key" "messages" {
  enable_key_rotation = true
}

resource "aws_sns_topic" "alerts" {
  name              = "example-alerts"
  kms_master_key_id = aws_kms_key.messages.arn
}

resource "aws_sns_topic" "news" {
  name              = "example-news"
  kms_master_key_id = "alias/aws/sns"
}
