resource "aws_redshift_cluster" "old" {
  cluster_identifier = "old"
  node_type          = "ra3.large"
  logging { # expect: fail
    enable = false
  }
}
