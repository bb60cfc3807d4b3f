resource "aws_guardduty_detector" "this" {
  tags   = { owner = "security" }
  enable = false # expect: fail
}
