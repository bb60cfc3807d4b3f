variable "given" {
  type = string
}

resource "aws_networkfirewall_firewall" "this" {
  name = "edge"
  encryption_configuration {
    key_id = var.given
  }
}
