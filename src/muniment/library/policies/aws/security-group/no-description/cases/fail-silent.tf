resource "aws_security_group" "web" { # expect: fail
  name = "web"
}

resource "aws_security_group" "rules" {
  description = "web servers"

  ingress { # expect: fail
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "https" { # expect: fail
  security_group_id = aws_security_group.web.id
  ip_protocol       = "-1"
  cidr_ipv4         = "10.0.0.0/8"
}
