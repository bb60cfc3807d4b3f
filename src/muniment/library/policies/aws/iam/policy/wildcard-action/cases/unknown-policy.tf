variable "policy" {
  type = string
}

resource "aws_iam_policy" "job" {
  policy = var.policy
}
