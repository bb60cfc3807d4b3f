resource "aws_efs_file_system" "uploads" { # expect: fail
  creation_token = "uploads"
}
