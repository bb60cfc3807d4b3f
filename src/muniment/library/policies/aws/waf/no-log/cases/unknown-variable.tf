variable "given" {
  type = string
}

resource "aws_waf_web_acl" "this" {
  name = "web"
  logging_configuration {
    log_destination = var.given
  }
}
