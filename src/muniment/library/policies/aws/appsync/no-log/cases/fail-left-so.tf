resource "aws_appsync_graphql_api" "this" { # expect: fail
  name = "orders"
}
