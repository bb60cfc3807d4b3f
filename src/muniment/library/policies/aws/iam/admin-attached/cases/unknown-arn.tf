variable "policy_arn" {
  type = string
}

resource "aws_iam_group_policy_attachment" "team" {
  group      = "team"
  policy_arn = var.policy_arn
}
