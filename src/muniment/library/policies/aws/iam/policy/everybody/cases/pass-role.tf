data "aws_iam_policy_document" "topic" {
  statement {
    actions   = ["sns:Publish"]
    resources = ["arn:aws:sns:eu-west-1:111122223333:news"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/publisher"]
    }
  }
  statement {
    actions   = ["sns:Subscribe"]
    resources = ["arn:aws:sns:eu-west-1:111122223333:news"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-0123456789"]
    }
  }
}
