resource "aws_db_instance" "app" {
  identifier = "app"
}

resource "aws_instance" "app" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  # expect: fail
  user_data = <<-SH
    #!/bin/sh
    export DB_HOST=${aws_db_instance.app.endpoint}
    export DB_PASSWORD=correct-horse
    systemctl start app
  SH
}
