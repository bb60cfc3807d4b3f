variable "key" {
  type = string
}

resource "aws_cloudwatch_log_group" "audit" {
  name       = "/example/audit"
  kms_key_id = var.key
}
