resource "aws_redshift_parameter_group" "reports" { # expect: fail
  name   = "reports"
  family = "redshift-1.0"
}
