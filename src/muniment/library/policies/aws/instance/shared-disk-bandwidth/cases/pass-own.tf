resource "aws_instance" "old" {
  ami           = "ami-0a1b2c3d4e5f60718"
  instance_type = "m3.xlarge"
  ebs_optimized = true
}

resource "aws_instance" "new" {
  ami           = "ami-0a1b2c3d4e5f60718"
  instance_type = "m6i.large"
}
