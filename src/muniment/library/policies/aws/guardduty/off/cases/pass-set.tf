resource "aws_guardduty_detector" "this" {
  tags   = { owner = "security" }
  enable = true
}
