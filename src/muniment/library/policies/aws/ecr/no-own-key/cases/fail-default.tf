resource "aws_ecr_repository" "app" { # expect: fail
  name = "app"
}

resource "aws_ecr_repository" "tools" {
  name = "tools"
  encryption_configuration { # expect: fail
    encryption_type = "AES256"
  }
}
