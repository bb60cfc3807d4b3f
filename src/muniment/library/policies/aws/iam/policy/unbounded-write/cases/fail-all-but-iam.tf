data "aws_iam_policy_document" "developer" {
  statement { # expect: fail
    not_actions = ["iam:*", "organizations:*"]
    resources   = ["*"]
  }
}
