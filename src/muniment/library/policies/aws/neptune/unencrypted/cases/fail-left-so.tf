resource "aws_neptune_cluster" "this" { # expect: fail
  cluster_identifier = "graph"
}

resource "aws_neptune_cluster_snapshot" "this" { # expect: fail
  db_cluster_snapshot_identifier = "graph-1"
}
