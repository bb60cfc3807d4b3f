resource "aws_iam_role_policy" "deployer" {
  role   = "deployer"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:Pass*", Resource = "*" }] }) # expect: fail
}
