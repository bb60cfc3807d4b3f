resource "aws_instance" "app" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  associate_public_ip_address = true # expect: fail
}

resource "aws_launch_template" "app" {
  network_interfaces {
    associate_public_ip_address = "true" # expect: fail
  }
}
