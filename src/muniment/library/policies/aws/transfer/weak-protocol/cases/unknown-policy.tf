variable "policy" {
  type = string
}

resource "aws_transfer_server" "files" {
  protocols            = ["SFTP"]
  security_policy_name = var.policy
}
