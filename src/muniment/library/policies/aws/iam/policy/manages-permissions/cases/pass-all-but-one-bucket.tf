data "aws_iam_policy_document" "watcher" {
  statement {
    actions       = ["s3:Get*", "s3:List*", "ec2:Describe*"]
    not_resources = ["arn:aws:s3:::payroll"]
  }
}
