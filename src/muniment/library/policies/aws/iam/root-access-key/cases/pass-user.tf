resource "aws_iam_access_key" "backup" {
  user = "backup"
}
