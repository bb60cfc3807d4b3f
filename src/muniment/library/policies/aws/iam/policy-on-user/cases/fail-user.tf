resource "aws_iam_user_policy" "job" {
  user   = "jane" # expect: fail
  policy = jsonencode({ Statement = [] })
}

resource "aws_iam_policy_attachment" "audit" {
  name       = "audit"
  users      = ["jane"] # expect: fail
  policy_arn = "arn:aws:iam::aws:policy/SecurityAudit"
}
