resource "aws_appsync_api_cache" "this" { # expect: fail
  type = "LARGE"
}
