data "aws_iam_policy_document" "puller" {
  statement {
    actions   = ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"]
    resources = ["*"]
  }
}
