resource "aws_iam_policy" "keys" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:*", Resource = "*" }] }) # expect: fail
}
