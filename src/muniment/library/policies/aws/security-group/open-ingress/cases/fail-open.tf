resource "aws_security_group" "admin" {
  description = "admin"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"] # expect: fail
  }

  ingress {
    from_port        = 3380
    to_port          = 3400
    protocol         = "tcp"
    ipv6_cidr_blocks = ["::/0"] # expect: fail
  }
}

resource "aws_security_group_rule" "all" {
  type              = "ingress"
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
  cidr_blocks       = ["0.0.0.0/1", "128.0.0.0/1"] # expect: fail
  security_group_id = aws_security_group.admin.id
}

resource "aws_vpc_security_group_ingress_rule" "http" {
  security_group_id = aws_security_group.admin.id
  from_port         = 80
  to_port           = 80
  ip_protocol       = "tcp"
  cidr_ipv4         = "0.0.0.0/0" # expect: fail
}
