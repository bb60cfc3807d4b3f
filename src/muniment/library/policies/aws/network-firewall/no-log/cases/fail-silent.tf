resource "aws_networkfirewall_firewall" "edge" {
  name                = "edge" # expect: fail
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/edge"
  vpc_id              = "vpc-1"
}
