data "aws_iam_policy_document" "all" {
  statement { # expect: fail
    actions   = ["dynamodb:PutItem"]
    resources = ["*"]
  }
}
