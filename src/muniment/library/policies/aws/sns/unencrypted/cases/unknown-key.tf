variable "key" {
  type = string
}

resource "aws_sns_topic" "alerts" {
  name              = "example-alerts"
  kms_master_key_id = var.key
}
