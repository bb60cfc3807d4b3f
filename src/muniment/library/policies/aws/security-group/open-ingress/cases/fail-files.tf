resource "aws_security_group" "files" {
  name = "files"
  ingress {
    description = "file sharing"
    protocol    = "tcp"
    from_port   = 445
    to_port     = 445
    cidr_blocks = ["0.0.0.0/0"] # expect: fail
  }
}
