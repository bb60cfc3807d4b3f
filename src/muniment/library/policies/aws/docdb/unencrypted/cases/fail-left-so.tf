resource "aws_docdb_cluster" "this" { # expect: fail
  cluster_identifier = "claims"
}

resource "aws_docdb_global_cluster" "this" { # expect: fail
  global_cluster_identifier = "claims"
}
