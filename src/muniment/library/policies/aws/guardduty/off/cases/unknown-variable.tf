variable "given" {
  type = bool
}

resource "aws_guardduty_detector" "this" {
  tags   = { owner = "security" }
  enable = var.given
}
