resource "aws_dynamodb_table_replica" "this" { # expect: fail
}
