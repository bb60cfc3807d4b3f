resource "aws_sfn_state_machine" "this" {
  name = "order"
  logging_configuration {
    include_execution_data = true
  }
  tracing_configuration {
    enabled = true
  }
}
