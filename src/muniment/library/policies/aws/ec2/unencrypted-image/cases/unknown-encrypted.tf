variable "encrypted" {
  type = bool
}

resource "aws_ami" "base" {
  name = "base"
  ebs_block_device {
    device_name = "/dev/xvda"
    encrypted   = var.encrypted
    volume_size = 8
  }
}
