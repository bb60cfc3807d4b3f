resource "aws_route_table" "out" {
  vpc_id = "vpc-1"
  route { # expect: fail
    cidr_block  = "0.0.0.0/0"
    instance_id = "i-1"
  }
}
