resource "aws_athena_database" "this" { # expect: fail
  name = "reports"
}

resource "aws_athena_workgroup" "this" {
  name = "reports"
  configuration { # expect: fail
    enforce_workgroup_configuration = false
  }
}
