resource "aws_bedrockagent_agent" "this" {
  agent_name                  = "desk"
  customer_encryption_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  guardrail_configuration {
    guardrail_identifier = "gr-0123456789"
  }
}
