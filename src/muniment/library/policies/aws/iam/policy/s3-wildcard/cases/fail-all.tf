resource "aws_iam_policy" "reports" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::reports/*" }] }) # expect: fail
}
