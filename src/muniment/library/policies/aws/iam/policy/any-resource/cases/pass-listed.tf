data "aws_iam_policy_document" "orders" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:eu-west-1:111122223333:orders"]
  }
  statement {
    actions   = ["s3:ListAllMyBuckets", "ec2:DescribeInstances"]
    resources = ["*"]
  }
}

resource "aws_ssoadmin_permission_set_inline_policy" "orders" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
  inline_policy      = data.aws_iam_policy_document.orders.json
}
