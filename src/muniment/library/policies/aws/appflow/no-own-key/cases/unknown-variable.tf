variable "given" {
  type = string
}

resource "aws_appflow_flow" "this" {
  name    = "crm"
  kms_arn = var.given
}
