resource "aws_dlm_lifecycle_policy" "shared" {
  description        = "shared"
  execution_role_arn = "arn:aws:iam::111122223333:role/dlm"
  policy_details { # expect: fail
    action {
      name = "copy"
      cross_region_copy {
        target = "eu-central-1"
        encryption_configuration {
          encryption = false
        }
      }
    }
  }
}
