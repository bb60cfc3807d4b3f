variable "given" {
  type = bool
}

resource "aws_appsync_api_cache" "this" {
  type                       = "LARGE"
  at_rest_encryption_enabled = var.given
  transit_encryption_enabled = true
}
