variable "firewall" {
  type = string
}

resource "aws_networkfirewall_firewall" "edge" {
  name                = "edge"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/edge"
  vpc_id              = "vpc-1"
}

resource "aws_networkfirewall_logging_configuration" "given" {
  firewall_arn = var.firewall
}
