resource "aws_network_acl" "web" {
  vpc_id = "vpc-1" # expect: fail
}
