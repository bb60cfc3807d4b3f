variable "account" {
  type = string
}

resource "aws_iam_role" "vendor" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = var.account }, Action = "sts:AssumeRole" }]
  })
}
