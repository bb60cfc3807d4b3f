variable "given" {
  type = bool
}

resource "aws_sfn_state_machine" "this" {
  name = "order"
  logging_configuration {
    include_execution_data = var.given
    level                  = "ALL"
  }
  tracing_configuration {
    enabled = true
  }
}
