resource "aws_rds_cluster" "this" { # expect: fail
  cluster_identifier = "sales"
}
