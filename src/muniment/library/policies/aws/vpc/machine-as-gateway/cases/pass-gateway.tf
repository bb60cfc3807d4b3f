resource "aws_nat_gateway" "out" {
  subnet_id = "subnet-1"
}

resource "aws_route" "out" {
  route_table_id         = "rtb-1"
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.out.id
}

resource "aws_route_table" "peer" {
  vpc_id = "vpc-1"
  route {
    cidr_block  = "10.1.0.0/16"
    instance_id = "i-1"
  }
}
