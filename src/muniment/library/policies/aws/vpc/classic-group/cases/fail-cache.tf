resource "aws_elasticache_security_group" "old" { # expect: fail
  name                 = "old"
  security_group_names = ["old"]
}
