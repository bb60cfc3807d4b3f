data "aws_iam_policy_document" "reports" {
  statement {
    actions   = ["s3:GetObject", "s3:GetObject*", "sqs:*"]
    resources = ["*"]
  }
  statement {
    actions   = ["s3:Delete*"]
    resources = ["*"]
  }
  statement {
    effect    = "Deny"
    actions   = ["s3:Delete*"]
    resources = ["*"]
  }
}

resource "aws_ssoadmin_permission_set_inline_policy" "reports" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
  inline_policy      = data.aws_iam_policy_document.reports.json
}
