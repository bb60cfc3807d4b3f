resource "aws_kms_key" "orders" {
  policy = jsonencode({ Statement = [] })
}

resource "aws_kms_key" "claims" {
  description = "claims"
}

resource "aws_kms_key_policy" "claims" {
  key_id = aws_kms_key.claims.id
  policy = jsonencode({ Statement = [] })
}
