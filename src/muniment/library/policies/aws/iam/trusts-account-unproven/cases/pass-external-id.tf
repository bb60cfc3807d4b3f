resource "aws_iam_role" "vendor" {
  assume_role_policy = jsonencode({
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "444455556666" }
        Action    = "sts:AssumeRole"
        Condition = { StringEquals = { "sts:ExternalId" = "c0ffee" } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "sts:AssumeRole"
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = true } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:role/deployer" }
        Action    = "sts:AssumeRole"
      },
    ]
  })
}
