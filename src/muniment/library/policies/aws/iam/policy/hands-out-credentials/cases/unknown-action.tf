variable "action" {
  type = string
}

data "aws_iam_policy_document" "given" {
  statement {
    actions   = [var.action]
    resources = ["*"]
  }
}
