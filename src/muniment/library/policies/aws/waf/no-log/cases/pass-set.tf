resource "aws_waf_web_acl" "this" {
  name = "web"
  logging_configuration {
    log_destination = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/aws-waf-logs-web"
  }
}

resource "aws_wafregional_web_acl" "this" {
  name = "web"
  logging_configuration {
    log_destination = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/aws-waf-logs-web"
  }
}
