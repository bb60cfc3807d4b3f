resource "aws_transfer_server" "this" {
  tags          = { owner = "exchange" }
  endpoint_type = "VPC"
}
