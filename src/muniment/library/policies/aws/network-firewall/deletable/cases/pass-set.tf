resource "aws_networkfirewall_firewall" "this" {
  name              = "edge"
  delete_protection = true
}
