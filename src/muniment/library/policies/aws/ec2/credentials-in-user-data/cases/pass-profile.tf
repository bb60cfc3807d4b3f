resource "aws_instance" "app" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  user_data     = "#!/bin/sh\naws secretsmanager get-secret-value --secret-id app"
}

resource "aws_launch_template" "app" {
  user_data = base64encode("#!/bin/sh\nsystemctl start app")
}
