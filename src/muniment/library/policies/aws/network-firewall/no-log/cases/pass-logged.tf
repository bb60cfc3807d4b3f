resource "aws_networkfirewall_firewall" "edge" {
  name                = "edge"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/edge"
  vpc_id              = "vpc-1"
}

resource "aws_networkfirewall_logging_configuration" "edge" {
  firewall_arn = aws_networkfirewall_firewall.edge.arn
  logging_configuration {
    log_destination_config {
      log_destination_type = "CloudWatchLogs"
      log_type             = "FLOW"
      log_destination = {
        logGroup = "firewall"
      }
    }
  }
}
