data "aws_iam_policy_document" "admin" {
  statement { # expect: fail
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "admin" {
  role   = "deployer"
  policy = data.aws_iam_policy_document.admin.json # expect: fail
}

resource "aws_ssoadmin_permission_set_inline_policy" "admin" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
  inline_policy = jsonencode({ # expect: fail
    Statement = { Effect = "Allow", Action = ["*"], Resource = "*" }
  })
}
