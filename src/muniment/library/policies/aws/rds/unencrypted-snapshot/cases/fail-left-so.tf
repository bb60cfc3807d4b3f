resource "aws_db_cluster_snapshot" "this" { # expect: fail
  db_cluster_snapshot_identifier = "sales-1"
}
