data "aws_iam_policy_document" "run" {
  statement { # expect: fail
    actions   = ["ec2:RunInstances", "iam:PassRole"]
    resources = ["*"]
  }
}
