variable "given" {
  type = string
}

resource "aws_efs_access_point" "this" {
  root_directory {
    path = var.given
  }
  posix_user {
    gid = 1001
  }
}
