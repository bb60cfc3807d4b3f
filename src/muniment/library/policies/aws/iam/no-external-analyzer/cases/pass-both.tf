resource "aws_accessanalyzer_analyzer" "unused" {
  analyzer_name = "unused"
  type          = "ORGANIZATION_UNUSED_ACCESS"
}

resource "aws_accessanalyzer_analyzer" "external" {
  analyzer_name = "external"
}
