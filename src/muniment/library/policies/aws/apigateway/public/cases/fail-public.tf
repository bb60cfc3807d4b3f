resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
  endpoint_configuration { # expect: fail
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_rest_api" "left" {
  name = "left" # expect: fail
}
