data "aws_iam_policy_document" "all" {
  statement { # expect: fail
    actions   = ["kms:PutKeyPolicy"]
    resources = ["*"]
  }
}
