variable "cached" {
  type = bool
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id           = "a1b2c3"
  deployment_id         = "d4e5f6"
  stage_name            = "live"
  cache_cluster_enabled = var.cached
}
