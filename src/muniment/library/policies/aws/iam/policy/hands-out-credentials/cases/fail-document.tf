data "aws_iam_policy_document" "keys" {
  statement { # expect: fail
    actions   = ["iam:CreateAccessKey"]
    resources = ["*"]
  }
}
