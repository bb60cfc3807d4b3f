variable "given" {
  type = string
}

resource "aws_cloudtrail_event_data_store" "this" {
  name       = "events"
  kms_key_id = var.given
}
