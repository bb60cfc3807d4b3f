variable "given" {
  type = string
}

resource "aws_athena_database" "this" {
  name = "reports"
  encryption_configuration {
    encryption_option = var.given
  }
}
