resource "aws_transfer_server" "files" {
  protocols            = ["SFTP", "FTP"] # expect: fail
  security_policy_name = "TransferSecurityPolicy-2025-03"
}
