resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.shop.id
  service_name = "com.amazonaws.eu-west-1.s3"
}
