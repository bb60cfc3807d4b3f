resource "aws_api_gateway_deployment" "orders" { # expect: fail
  rest_api_id = "a1b2c3"
  lifecycle {
    create_before_destroy = false
  }
}
