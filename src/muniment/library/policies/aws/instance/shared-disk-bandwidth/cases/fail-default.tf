resource "aws_instance" "old" { # expect: fail
  ami           = "ami-0a1b2c3d4e5f60718"
  instance_type = "m3.xlarge"
}

resource "aws_instance" "off" {
  ami           = "ami-0a1b2c3d4e5f60718"
  instance_type = "c3.large"
  ebs_optimized = false # expect: fail
}
