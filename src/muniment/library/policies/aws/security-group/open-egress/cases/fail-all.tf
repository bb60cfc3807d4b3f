resource "aws_security_group" "web" {
  description = "web"

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"] # expect: fail
  }
}

resource "aws_vpc_security_group_egress_rule" "six" {
  security_group_id = aws_security_group.web.id
  ip_protocol       = "-1"
  cidr_ipv6         = "::/0" # expect: fail
}
