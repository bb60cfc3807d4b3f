data "aws_iam_policy_document" "developer" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
  statement {
    effect    = "Deny"
    actions   = ["iam:*", "lambda:*", "glue:*", "sts:AssumeRole"]
    resources = ["*"]
  }
}
