resource "aws_iam_user" "ada" {
  name = "ada" # expect: fail
}

resource "aws_iam_user_login_profile" "ada" {
  user = aws_iam_user.ada.name
}
