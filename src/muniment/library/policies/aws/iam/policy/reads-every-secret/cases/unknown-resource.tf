variable "resource" {
  type = string
}

data "aws_iam_policy_document" "given" {
  statement {
    actions   = ["s3:GetObject"]
    resources = [var.resource]
  }
}
