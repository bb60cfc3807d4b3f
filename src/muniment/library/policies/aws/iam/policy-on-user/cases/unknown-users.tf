variable "users" {
  type = list(string)
}

resource "aws_iam_policy_attachment" "audit" {
  name       = "audit"
  users      = var.users
  policy_arn = "arn:aws:iam::aws:policy/SecurityAudit"
}
