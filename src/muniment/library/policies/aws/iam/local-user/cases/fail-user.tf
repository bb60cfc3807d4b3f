resource "aws_iam_user" "ada" {
  name = "ada" # expect: fail
}
