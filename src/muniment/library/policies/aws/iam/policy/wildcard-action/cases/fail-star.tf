data "aws_iam_policy_document" "orders" {
  statement { # expect: fail
    actions   = ["*"]
    resources = ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders"]
  }
}

resource "aws_iam_group_policy" "orders" {
  group  = "orders"
  # expect: fail
  policy = <<-JSON
    {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::orders/*"}]}
  JSON
}

resource "aws_ssoadmin_permission_set_inline_policy" "orders" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
  inline_policy      = data.aws_iam_policy_document.orders.json # expect: fail
}
