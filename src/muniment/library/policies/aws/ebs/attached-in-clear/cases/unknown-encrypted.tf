variable "encrypted" {
  type = bool
}

resource "aws_ebs_volume" "orders" {
  availability_zone = "eu-west-1a"
  size              = 40
  encrypted         = var.encrypted
}

resource "aws_volume_attachment" "orders" {
  device_name = "/dev/sdh"
  volume_id   = aws_ebs_volume.orders.id
  instance_id = "i-1"
}
