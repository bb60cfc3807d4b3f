variable "given" {
  type = string
}

resource "aws_codepipeline" "this" {
  name = "release"
  artifact_store {
    encryption_key {
      id = var.given
    }
  }
}
