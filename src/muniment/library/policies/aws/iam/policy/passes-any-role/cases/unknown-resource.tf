variable "role" {
  type = string
}

data "aws_iam_policy_document" "deployer" {
  statement {
    actions   = ["iam:PassRole"]
    resources = [var.role]
  }
}
