resource "aws_iam_policy_attachment" "audit" {
  name       = "audit"
  groups     = ["auditors"]
  policy_arn = "arn:aws:iam::aws:policy/SecurityAudit"
}
