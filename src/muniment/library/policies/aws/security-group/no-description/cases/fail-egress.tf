resource "aws_security_group" "web" {
  description = "web servers"

  egress { # expect: fail
    from_port        = 443
    to_port          = 443
    protocol         = "tcp"
    cidr_blocks      = ["10.0.0.0/8"]
    ipv6_cidr_blocks = ["fd00::/8"]
  }
}

resource "aws_vpc_security_group_egress_rule" "six" { # expect: fail
  security_group_id = aws_security_group.web.id
  ip_protocol       = "-1"
  cidr_ipv6         = "fd00::/8"
}
