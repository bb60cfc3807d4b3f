variable "purpose" {}

resource "aws_security_group" "web" {
  description = var.purpose
}
