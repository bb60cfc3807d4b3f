variable "user" {
  type = string
}

resource "aws_kms_key" "claims" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.user }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }]
  })
}
