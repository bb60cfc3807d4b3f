variable "user" {
  type = string
}

resource "aws_iam_user" "ada" {
  name = "ada"
}

resource "aws_iam_user_login_profile" "given" {
  user = var.user
}
