resource "aws_dynamodb_table" "orders" {
  name          = "orders" # expect: fail
  hash_key      = "id"
  read_capacity = 5
}
