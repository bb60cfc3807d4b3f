resource "aws_instance" "shop" {
  ami           = "ami-1"
  instance_type = "t3.small"
}

resource "aws_eip" "shop" {
  domain   = "vpc"
  instance = aws_instance.shop.id
}

resource "aws_eip" "out" {
  domain = "vpc"
}

resource "aws_nat_gateway" "out" {
  allocation_id = aws_eip.out.id
  subnet_id     = "subnet-1"
}

resource "aws_network_interface" "second" {
  subnet_id = "subnet-1"
  attachment {
    instance     = aws_instance.shop.id
    device_index = 1
  }
}

resource "aws_eip" "second" {
  domain            = "vpc"
  network_interface = aws_network_interface.second.id
}
