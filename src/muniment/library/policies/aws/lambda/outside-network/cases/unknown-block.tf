variable "networks" {
  type = list(object({ subnets = list(string), groups = list(string) }))
}

resource "aws_lambda_function" "app" {
  function_name = "app"
  role          = "arn:aws:iam::111122223333:role/app"
  dynamic "vpc_config" {
    for_each = var.networks
    content {
      subnet_ids         = vpc_config.value.subnets
      security_group_ids = vpc_config.value.groups
    }
  }
}
