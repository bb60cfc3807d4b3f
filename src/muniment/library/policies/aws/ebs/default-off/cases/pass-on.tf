resource "aws_ebs_encryption_by_default" "implied" {}

resource "aws_ebs_encryption_by_default" "written" {
  enabled = true
}
