variable "network" {
  type = string
}

resource "aws_route" "peer" {
  route_table_id            = "rtb-0123456789abcdef0"
  destination_cidr_block    = var.network
  vpc_peering_connection_id = "pcx-0123456789abcdef0"
}
