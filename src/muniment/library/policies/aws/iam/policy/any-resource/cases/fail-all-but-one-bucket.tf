resource "aws_iam_group_policy" "readers" {
  group  = "readers"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", NotResource = "arn:aws:s3:::payroll/*" }] }) # expect: fail
}
