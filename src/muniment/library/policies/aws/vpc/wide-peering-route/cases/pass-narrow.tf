resource "aws_route" "peer" {
  route_table_id            = "rtb-0123456789abcdef0"
  destination_cidr_block    = "10.30.0.0/16"
  vpc_peering_connection_id = "pcx-0123456789abcdef0"
}

resource "aws_route" "peer_six" {
  route_table_id              = "rtb-0123456789abcdef0"
  destination_ipv6_cidr_block = "fd00:30::/64"
  vpc_peering_connection_id   = "pcx-0123456789abcdef0"
}

resource "aws_route_table" "edge" {
  vpc_id = "vpc-0123456789abcdef0"
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = "igw-0123456789abcdef0"
  }
  route {
    ipv6_cidr_block           = "fd00:30::/64"
    vpc_peering_connection_id = "pcx-0123456789abcdef0"
  }
}

# written as an attribute, a route has to name every member, and leaves those empty that it does not use
resource "aws_route_table" "whole" {
  vpc_id = "vpc-0123456789abcdef0"
  route = [{
    cidr_block                 = "10.30.0.0/16"
    ipv6_cidr_block            = ""
    destination_prefix_list_id = ""
    vpc_peering_connection_id  = "pcx-0123456789abcdef0"
  }]
}
