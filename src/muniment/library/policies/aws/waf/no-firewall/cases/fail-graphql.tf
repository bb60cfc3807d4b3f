resource "aws_appsync_graphql_api" "catalogue" {
  name                = "catalogue" # expect: fail
  authentication_type = "AWS_IAM"
}
