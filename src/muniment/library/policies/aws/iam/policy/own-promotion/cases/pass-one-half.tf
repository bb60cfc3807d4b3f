data "aws_iam_policy_document" "run" {
  statement {
    actions   = ["ec2:RunInstances"]
    resources = ["*"]
  }
}

resource "aws_ssoadmin_permission_set_inline_policy" "run" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
  inline_policy      = data.aws_iam_policy_document.run.json
}
