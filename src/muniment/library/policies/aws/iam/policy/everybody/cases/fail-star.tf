data "aws_iam_policy_document" "topic" {
  statement { # expect: fail
    actions   = ["sns:Publish"]
    resources = ["arn:aws:sns:eu-west-1:111122223333:news"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
