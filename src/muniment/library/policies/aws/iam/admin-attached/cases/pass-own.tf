resource "aws_iam_policy" "deployer" {
  policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy_attachment" "deployer" {
  role       = "deployer"
  policy_arn = aws_iam_policy.deployer.arn
}

resource "aws_iam_user_policy_attachment" "auditor" {
  user       = "auditor"
  policy_arn = "arn:aws:iam::aws:policy/SecurityAudit"
}

data "aws_iam_policy" "audit" {
  arn = "arn:aws:iam::aws:policy/SecurityAudit"
}
