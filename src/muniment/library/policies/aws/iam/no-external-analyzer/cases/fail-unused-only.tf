resource "aws_accessanalyzer_analyzer" "unused" {
  analyzer_name = "unused"
  type          = "ACCOUNT_UNUSED_ACCESS" # expect: fail
  configuration {
    unused_access {
      unused_access_age = 90
    }
  }
}
