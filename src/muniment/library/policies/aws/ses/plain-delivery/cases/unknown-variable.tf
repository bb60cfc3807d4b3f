variable "given" {
  type = string
}

resource "aws_ses_configuration_set" "this" {
  name = "mail"
  delivery_options {
    tls_policy = var.given
  }
}
