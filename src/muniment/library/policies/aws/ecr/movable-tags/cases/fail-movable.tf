resource "aws_ecr_repository" "app" { # expect: fail
  name = "app"
}

resource "aws_ecr_repository" "tools" {
  name                 = "tools"
  image_tag_mutability = "MUTABLE" # expect: fail
}
