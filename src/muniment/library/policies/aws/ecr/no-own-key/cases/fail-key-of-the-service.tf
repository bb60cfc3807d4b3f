resource "aws_ecr_repository" "app" {
  name = "app"
  encryption_configuration { # expect: fail
    encryption_type = "KMS"
  }
}
