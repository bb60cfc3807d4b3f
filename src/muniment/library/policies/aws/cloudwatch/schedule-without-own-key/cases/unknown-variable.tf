variable "given" {
  type = string
}

resource "aws_scheduler_schedule" "this" {
  name        = "nightly"
  kms_key_arn = var.given
}
