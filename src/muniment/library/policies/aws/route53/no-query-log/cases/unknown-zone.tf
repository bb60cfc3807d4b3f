variable "zone" {
  type = string
}

resource "aws_route53_zone" "public" {
  name = "example.com"
}

resource "aws_route53_query_log" "given" {
  zone_id                  = var.zone
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:queries"
}
