resource "aws_iam_access_key" "all" {
  user = "root" # expect: fail
}
