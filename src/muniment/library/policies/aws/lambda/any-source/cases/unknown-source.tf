variable "account" {
  type = string
}

resource "aws_lambda_permission" "uploads" {
  action         = "lambda:InvokeFunction"
  function_name  = "resize"
  principal      = "s3.amazonaws.com"
  source_account = var.account
}
