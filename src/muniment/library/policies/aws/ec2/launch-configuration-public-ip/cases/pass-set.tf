resource "aws_launch_configuration" "this" {
  instance_type               = "t3.small"
  associate_public_ip_address = false
}
