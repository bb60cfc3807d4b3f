resource "aws_networkfirewall_firewall" "this" { # expect: fail
  name = "edge"
}

resource "aws_networkfirewall_rule_group" "this" { # expect: fail
  name     = "edge"
  capacity = 100
  type     = "STATEFUL"
}

resource "aws_networkfirewall_firewall_policy" "this" { # expect: fail
  name = "edge"
}
