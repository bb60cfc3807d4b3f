resource "aws_guardduty_detector" "this" {
  enable = true
}

resource "aws_guardduty_organization_configuration" "this" {
  detector_id                      = aws_guardduty_detector.this.id
  auto_enable_organization_members = "ALL"
}

resource "aws_guardduty_detector" "old" {
  enable = true
}

resource "aws_guardduty_organization_configuration" "old" {
  detector_id = aws_guardduty_detector.old.id
  auto_enable = true
}
