resource "aws_bedrockagent_agent" "this" { # expect: fail
  agent_name = "desk"
}
