data "aws_iam_policy_document" "developer" {
  statement { # expect: fail
    actions   = ["sts:*"]
    resources = ["*"]
  }
  statement {
    effect    = "Deny"
    actions   = ["sts:AssumeRole"]
    resources = ["arn:aws:iam::111122223333:role/admin"]
  }
}
