resource "aws_instance" "app" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  # expect: fail
  user_data = <<-SH
    #!/bin/sh
    export DB_PASSWORD="correct-horse"
    systemctl start app
  SH
}

resource "aws_launch_configuration" "app" {
  image_id         = "ami-0123456789abcdef0"
  instance_type    = "t3.small"
  user_data_base64 = base64encode("#!/bin/sh\nrestore --password=correct-horse\n") # expect: fail
}
