resource "aws_ecr_repository" "app" { # expect: fail
  name = "app"
}

resource "aws_ecr_repository" "tools" {
  name = "tools"
  image_scanning_configuration { # expect: fail
    scan_on_push = false
  }
}
