resource "aws_iam_role" "deployer" {
  name                = "deployer"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"] # expect: fail
}

resource "aws_ssoadmin_managed_policy_attachment" "team" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
  managed_policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess" # expect: fail
}

data "aws_iam_policy" "admin" {
  name = "AdministratorAccess" # expect: fail
}
