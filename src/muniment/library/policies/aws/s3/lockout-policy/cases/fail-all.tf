resource "aws_s3_bucket_policy" "vault" {
  bucket = "example-vault"
  policy = jsonencode({ # expect: fail
    Statement = [{ Effect = "Deny", Principal = { AWS = "*" }, Action = "s3:*", Resource = "arn:aws:s3:::example-vault" }]
  })
}
