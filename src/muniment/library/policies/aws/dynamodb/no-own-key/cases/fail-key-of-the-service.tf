resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
  server_side_encryption { # expect: fail
    enabled     = true
    kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:alias/aws/dynamodb"
  }
}
