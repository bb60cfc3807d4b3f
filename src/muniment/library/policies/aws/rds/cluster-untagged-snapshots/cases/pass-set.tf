resource "aws_rds_cluster" "this" {
  cluster_identifier    = "sales"
  copy_tags_to_snapshot = true
}
