resource "aws_redshift_cluster" "sales" { # expect: fail
  cluster_identifier = "sales"
  node_type          = "ra3.large"
  encrypted          = false # expect: fail
}
