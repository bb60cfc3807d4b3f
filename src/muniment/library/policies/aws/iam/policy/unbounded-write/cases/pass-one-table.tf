data "aws_iam_policy_document" "orders" {
  statement {
    actions   = ["dynamodb:PutItem"]
    resources = ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders"]
  }
  statement {
    actions   = ["ec2:DescribeInstances", "cloudwatch:PutMetricData"]
    resources = ["*"]
  }
}

resource "aws_ssoadmin_permission_set_inline_policy" "orders" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
  inline_policy      = data.aws_iam_policy_document.orders.json
}
