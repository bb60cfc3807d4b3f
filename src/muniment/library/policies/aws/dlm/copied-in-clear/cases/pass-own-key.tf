resource "aws_dlm_lifecycle_policy" "daily" {
  description        = "daily"
  execution_role_arn = "arn:aws:iam::111122223333:role/dlm"
  policy_details {
    schedule {
      name = "daily"
      cross_region_copy_rule {
        target    = "eu-central-1"
        encrypted = true
        cmk_arn   = "arn:aws:kms:eu-central-1:111122223333:key/a1b2c3"
      }
    }
    action {
      name = "copy"
      cross_region_copy {
        target = "eu-central-1"
        encryption_configuration {
          encrypted = true
          cmk_arn   = "arn:aws:kms:eu-central-1:111122223333:key/a1b2c3"
        }
      }
    }
  }
}
