resource "aws_efs_access_point" "this" { # expect: fail
}
