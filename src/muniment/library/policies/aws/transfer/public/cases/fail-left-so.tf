resource "aws_transfer_server" "this" { # expect: fail
  tags = { owner = "exchange" }
}
