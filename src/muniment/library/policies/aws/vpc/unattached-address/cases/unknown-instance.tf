variable "instance" {
  type = string
}

resource "aws_eip" "shop" {
  domain   = "vpc"
  instance = var.instance
}
