resource "aws_athena_database" "this" {
  name = "reports"
  encryption_configuration {
    encryption_option = "SSE_KMS"
  }
}

resource "aws_athena_workgroup" "this" {
  name = "reports"
  configuration {
    enforce_workgroup_configuration = true
    result_configuration {
      encryption_configuration {
        encryption_option = "SSE_KMS"
      }
    }
  }
}
