resource "aws_iam_policy" "help_desk" {
  policy = jsonencode({ # expect: fail
    Statement = [{ Effect = "Allow", Action = ["iam:*"], Resource = "*" }]
  })
}

data "aws_iam_policy_document" "help_desk" {
  statement { # expect: fail
    actions   = ["support:*", "iam:*"]
    resources = ["*"]
  }
}
