resource "aws_sns_topic" "alerts" { # expect: fail
  name = "example-alerts"
}

resource "aws_sns_topic" "news" {
  name              = "example-news"
  kms_master_key_id = "" # expect: fail
}
