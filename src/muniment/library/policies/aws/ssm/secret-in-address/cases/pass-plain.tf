resource "aws_ssm_parameter" "region" {
  name  = "region"
  type  = "String"
  value = "eu"
}

data "http" "status" {
  url = "https://example.com/status?region=${aws_ssm_parameter.region.value}"
}
