variable "service" {
  type = string
}

resource "aws_iam_policy" "job" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "${var.service}:*", Resource = "*" }]
  })
}
