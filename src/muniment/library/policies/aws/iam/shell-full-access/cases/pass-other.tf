resource "aws_iam_role_policy_attachment" "read" {
  role       = "read"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
