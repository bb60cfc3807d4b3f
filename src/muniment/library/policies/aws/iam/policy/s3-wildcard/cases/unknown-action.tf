variable "action" {
  type = string
}

data "aws_iam_policy_document" "reports" {
  statement {
    actions   = [var.action]
    resources = ["*"]
  }
}
