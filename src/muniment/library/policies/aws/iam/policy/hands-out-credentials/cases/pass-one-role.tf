data "aws_iam_policy_document" "deploy" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["arn:aws:iam::111122223333:role/deployer"]
  }
}

resource "aws_ssoadmin_permission_set_inline_policy" "deploy" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
  inline_policy      = data.aws_iam_policy_document.deploy.json
}
