variable "given" {
  type = string
}

resource "aws_glue_crawler" "this" {
  name                   = "scan"
  security_configuration = var.given
}
