resource "aws_instance" "app" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  user_data     = <<-SH
    #!/bin/sh
    export DB_PASSWORD="$(aws ssm get-parameter --name /app/db --with-decryption --query Parameter.Value --output text)"
    export PASSWORD=$DB_PASSWORD PASSWORD_FILE=/run/app
  SH
}
