resource "aws_neptune_cluster" "this" { # expect: fail
  cluster_identifier = "graph"
}
