resource "aws_efs_access_point" "this" {
  root_directory {
    path = "/orders"
  }
  posix_user {
    gid = 1001
  }
}
