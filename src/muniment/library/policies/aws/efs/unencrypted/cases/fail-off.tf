resource "aws_efs_file_system" "home" { # expect: fail
  creation_token = "home"
}

resource "aws_efs_file_system" "share" {
  creation_token = "share"
  encrypted      = false # expect: fail
}
