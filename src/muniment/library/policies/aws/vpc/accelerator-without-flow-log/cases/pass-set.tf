resource "aws_globalaccelerator_accelerator" "this" {
  name = "edge"
  attributes {
    flow_logs_enabled = true
  }
}
