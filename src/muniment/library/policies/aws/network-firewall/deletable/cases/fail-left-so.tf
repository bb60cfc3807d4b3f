resource "aws_networkfirewall_firewall" "this" { # expect: fail
  name = "edge"
}
