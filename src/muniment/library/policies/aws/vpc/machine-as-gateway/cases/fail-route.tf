resource "aws_instance" "nat" {
  ami           = "ami-1"
  instance_type = "t3.small"
}

resource "aws_route" "out" {
  route_table_id         = "rtb-1"
  destination_cidr_block = "0.0.0.0/0"
  instance_id            = aws_instance.nat.id # expect: fail
}
