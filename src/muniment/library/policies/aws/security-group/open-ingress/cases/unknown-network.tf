variable "office" {
  type = list(string)
}

resource "aws_security_group" "admin" {
  description = "admin"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.office
  }
}
