variable "given" {
  type = string
}

resource "aws_codebuild_project" "this" {
  name           = "build"
  encryption_key = var.given
}
