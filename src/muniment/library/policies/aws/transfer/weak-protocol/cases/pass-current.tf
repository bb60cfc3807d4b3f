resource "aws_transfer_server" "files" {
  protocols            = ["SFTP"]
  security_policy_name = "TransferSecurityPolicy-2025-03"
}
