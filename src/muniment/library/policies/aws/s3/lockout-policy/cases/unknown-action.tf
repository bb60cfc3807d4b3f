variable "action" {
  type = string
}

resource "aws_s3_bucket_policy" "vault" {
  bucket = "example-vault"
  policy = jsonencode({
    Statement = [{ Effect = "Deny", Principal = "*", Action = var.action, Resource = "arn:aws:s3:::example-vault" }]
  })
}
