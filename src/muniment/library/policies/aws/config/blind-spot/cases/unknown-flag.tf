variable "record" {
  type = bool
}

resource "aws_config_configuration_recorder_status" "this" {
  name       = "all"
  is_enabled = var.record
}
