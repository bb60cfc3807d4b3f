variable "policy" {
  type = string
}

resource "aws_iam_role_policy_attachment" "given" {
  role       = "read"
  policy_arn = var.policy
}
