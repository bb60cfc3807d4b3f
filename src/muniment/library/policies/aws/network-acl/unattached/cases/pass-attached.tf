resource "aws_subnet" "web" {
  vpc_id     = "vpc-1"
  cidr_block = "10.0.1.0/24"
}

resource "aws_network_acl" "web" {
  vpc_id     = "vpc-1"
  subnet_ids = [aws_subnet.web.id]
}

resource "aws_network_acl" "database" {
  vpc_id = "vpc-1"
}

resource "aws_network_acl_association" "database" {
  network_acl_id = aws_network_acl.database.id
  subnet_id      = "subnet-1"
}
