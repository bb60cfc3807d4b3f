resource "aws_appsync_api_cache" "this" {
  type                       = "LARGE"
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
}
