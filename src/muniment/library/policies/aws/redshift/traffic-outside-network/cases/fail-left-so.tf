resource "aws_redshift_cluster" "this" { # expect: fail
}
