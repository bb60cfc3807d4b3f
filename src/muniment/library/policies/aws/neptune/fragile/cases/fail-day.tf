resource "aws_neptune_cluster" "graph" {
  cluster_identifier      = "graph"
  backup_retention_period = 1 # expect: fail
  copy_tags_to_snapshot   = true
  deletion_protection     = true
}
