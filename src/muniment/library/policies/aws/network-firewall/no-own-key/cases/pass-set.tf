resource "aws_networkfirewall_firewall" "this" {
  name = "edge"
  encryption_configuration {
    key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}

resource "aws_networkfirewall_rule_group" "this" {
  name     = "edge"
  capacity = 100
  type     = "STATEFUL"
  encryption_configuration {
    key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}

resource "aws_networkfirewall_firewall_policy" "this" {
  name = "edge"
  encryption_configuration {
    key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
