resource "aws_sfn_state_machine" "this" { # expect: fail
  name = "order"
}
