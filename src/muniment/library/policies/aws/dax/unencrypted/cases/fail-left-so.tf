resource "aws_dax_cluster" "this" { # expect: fail
  cluster_name = "cache"
}
