resource "aws_dynamodb_table" "orders" { # expect: fail
  name     = "orders"
  hash_key = "id"
}

resource "aws_dynamodb_table" "carts" {
  name     = "carts"
  hash_key = "id"
  server_side_encryption { # expect: fail
    enabled = true
  }
}
