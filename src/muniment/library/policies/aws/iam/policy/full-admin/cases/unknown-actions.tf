variable "actions" {
  type = list(string)
}

resource "aws_iam_policy" "job" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }]
  })
}
