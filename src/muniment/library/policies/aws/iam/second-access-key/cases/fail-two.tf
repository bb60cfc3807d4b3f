resource "aws_iam_user" "backup" {
  name = "backup"
}

resource "aws_iam_access_key" "old" {
  user = aws_iam_user.backup.name # expect: fail
}

resource "aws_iam_access_key" "new" {
  user = aws_iam_user.backup.name # expect: fail
}
