resource "aws_dynamodb_table" "orders" { # expect: fail
  name     = "orders"
  hash_key = "id"
}

resource "aws_dynamodb_table" "carts" {
  name     = "carts"
  hash_key = "id"
  point_in_time_recovery { # expect: fail
    enabled = false
  }
}
