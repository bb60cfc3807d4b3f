variable "type" {
  type = string
}

resource "aws_accessanalyzer_analyzer" "this" {
  analyzer_name = "this"
  type          = var.type
}
