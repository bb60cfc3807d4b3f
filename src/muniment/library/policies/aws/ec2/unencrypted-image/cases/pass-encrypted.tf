resource "aws_ami" "base" {
  name = "base"
  ebs_block_device {
    device_name = "/dev/xvda"
    encrypted   = true
    volume_size = 8
  }
  ebs_block_device {
    device_name = "/dev/xvdb"
    snapshot_id = "snap-1"
  }
}
