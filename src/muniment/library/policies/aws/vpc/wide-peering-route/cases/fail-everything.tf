resource "aws_route_table" "app" {
  vpc_id = "vpc-0123456789abcdef0"
  route {
    cidr_block                = "0.0.0.0/0"
    vpc_peering_connection_id = "pcx-0123456789abcdef0" # expect: fail
  }
}
