resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/0c1d2e3f-0000-4000-8000-000000000001"
  }
}

resource "aws_kms_key" "tables" {}

resource "aws_dynamodb_table" "carts" {
  name     = "carts"
  hash_key = "id"
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.tables.arn
  }
}
