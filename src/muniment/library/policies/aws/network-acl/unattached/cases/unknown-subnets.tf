variable "subnets" {
  type = list(string)
}

resource "aws_network_acl" "web" {
  vpc_id     = "vpc-1"
  subnet_ids = var.subnets
}
