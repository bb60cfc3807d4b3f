resource "aws_default_security_group" "this" {
  vpc_id = "vpc-0123456789abcdef0"
  ingress { # expect: fail
    from_port = 0
    to_port   = 0
    protocol  = "-1"
    self      = true
  }
}

data "aws_vpc" "shared" {
  tags = { Name = "shared" }
}

resource "aws_default_security_group" "shared" {
  vpc_id = data.aws_vpc.shared.id
  egress { # expect: fail
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
