resource "aws_efs_file_system" "this" { # expect: fail
}
