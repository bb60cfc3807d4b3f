resource "aws_transfer_server" "files" { # expect: fail
  protocols = ["SFTP"]
}
