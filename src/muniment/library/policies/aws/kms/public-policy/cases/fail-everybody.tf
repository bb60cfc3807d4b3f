resource "aws_kms_key" "claims" {
  policy = jsonencode({ # expect: fail
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Use"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = ["kms:Decrypt"]
      Resource  = "*"
    }]
  })
}

resource "aws_kms_key_policy" "orders" {
  key_id = "1234abcd-12ab-34cd-56ef-1234567890ab"
  # expect: fail
  policy = <<-JSON
    {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}]}
  JSON
}
