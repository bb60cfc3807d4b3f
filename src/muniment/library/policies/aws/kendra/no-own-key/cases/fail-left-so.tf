resource "aws_kendra_index" "this" { # expect: fail
  name = "handbook"
}
