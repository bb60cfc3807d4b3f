variable "given" {
  type = string
}

resource "aws_lb" "this" {
  name                   = "web"
  desync_mitigation_mode = var.given
}
