resource "aws_db_security_group" "old" { # expect: fail
  name = "old"
  ingress {
    cidr = "10.0.0.0/24"
  }
}
