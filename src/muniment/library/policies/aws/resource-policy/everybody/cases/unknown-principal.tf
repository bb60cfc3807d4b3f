variable "partner" {
  type = string
}

resource "aws_ecr_repository_policy" "app" {
  repository = "app"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = var.partner }, Action = "ecr:BatchGetImage" }]
  })
}
