resource "aws_security_group" "store" {
  description = "store"

  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: fail
  }
}

resource "aws_security_group_rule" "cache" {
  type              = "ingress"
  from_port         = 6000
  to_port           = 7000
  protocol          = "tcp"
  ipv6_cidr_blocks  = ["::/0"] # expect: fail
  security_group_id = "sg-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "all" {
  security_group_id = "sg-0a1b2c3d4e5f60718"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0" # expect: fail
}

resource "aws_vpc_security_group_ingress_rule" "search" {
  security_group_id = "sg-0a1b2c3d4e5f60718"
  ip_protocol       = "tcp"
  from_port         = 9200
  to_port           = 9200
  cidr_ipv6         = "::/0" # expect: fail
}
