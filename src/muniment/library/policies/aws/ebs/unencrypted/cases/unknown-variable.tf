variable "encrypt" {
  type = bool
}

resource "aws_ebs_volume" "orders" {
  availability_zone = "eu-west-1a"
  size              = 40
  encrypted         = var.encrypt
}
