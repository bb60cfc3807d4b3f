resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  log_publishing_options { # expect: fail
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:search"
    enabled                  = "false"
  }
}
