resource "aws_ami" "base" {
  name = "base"
  ebs_block_device { # expect: fail
    device_name = "/dev/xvda"
    volume_size = 8
  }
}
