resource "aws_db_cluster_snapshot" "this" {
  db_cluster_snapshot_identifier = "sales-1"
  storage_encrypted              = true
}
