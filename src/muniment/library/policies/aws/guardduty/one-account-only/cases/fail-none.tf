resource "aws_guardduty_detector" "this" {
  enable = true # expect: fail
}

resource "aws_guardduty_organization_configuration" "this" {
  detector_id                      = aws_guardduty_detector.this.id
  auto_enable_organization_members = "NONE"
}
