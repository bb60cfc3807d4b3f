resource "aws_cloudformation_stack" "network" {
  name = "network" # expect: fail
}
