resource "aws_ec2_transit_gateway" "this" {
  description                    = "hub"
  auto_accept_shared_attachments = "enable" # expect: fail
}
