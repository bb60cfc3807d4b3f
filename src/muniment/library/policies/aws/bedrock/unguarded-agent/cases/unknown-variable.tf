variable "given" {
  type = string
}

resource "aws_bedrockagent_agent" "this" {
  agent_name                  = "desk"
  customer_encryption_key_arn = var.given
  guardrail_configuration {
    guardrail_identifier = "gr-0123456789"
  }
}
