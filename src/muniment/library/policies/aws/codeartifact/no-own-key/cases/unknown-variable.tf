variable "given" {
  type = string
}

resource "aws_codeartifact_domain" "this" {
  domain         = "example"
  encryption_key = var.given
}
