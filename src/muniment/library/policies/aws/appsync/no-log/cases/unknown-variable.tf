variable "given" {
  type = string
}

resource "aws_appsync_graphql_api" "this" {
  name = "orders"
  log_config {
    cloudwatch_logs_role_arn = var.given
    field_log_level          = "ERROR"
  }
}
