resource "aws_iam_policy" "groups" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:AddUserToGroup", Resource = "*" }] }) # expect: fail
}
