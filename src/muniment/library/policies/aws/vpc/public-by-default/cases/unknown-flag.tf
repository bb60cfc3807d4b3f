variable "public" {
  type = bool
}

resource "aws_subnet" "edge" {
  vpc_id                  = "vpc-0123456789abcdef0"
  cidr_block              = "10.0.2.0/24"
  map_public_ip_on_launch = var.public
}
