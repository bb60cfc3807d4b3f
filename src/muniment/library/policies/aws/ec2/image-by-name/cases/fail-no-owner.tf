data "aws_ami" "base" {
  most_recent = true
  filter { # expect: fail
    name   = "name"
    values = ["ubuntu-24.04-*"]
  }
}
