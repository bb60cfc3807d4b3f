resource "aws_mwaa_environment" "this" { # expect: fail
  name = "jobs"
}
