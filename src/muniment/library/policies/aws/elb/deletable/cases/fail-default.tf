resource "aws_lb" "web" { # expect: fail
  name = "web"
}
