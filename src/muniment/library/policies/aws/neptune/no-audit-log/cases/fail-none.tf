resource "aws_neptune_cluster" "graph" { # expect: fail
  cluster_identifier = "graph"
}
