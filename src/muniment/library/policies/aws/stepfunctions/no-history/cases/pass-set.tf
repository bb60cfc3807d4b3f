resource "aws_sfn_state_machine" "this" {
  name = "order"
  logging_configuration {
    include_execution_data = true
    level                  = "ALL"
  }
  tracing_configuration {
    enabled = true
  }
}
