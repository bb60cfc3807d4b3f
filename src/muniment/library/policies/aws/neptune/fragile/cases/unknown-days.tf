variable "days" {
  type = number
}

resource "aws_neptune_cluster" "graph" {
  cluster_identifier      = "graph"
  backup_retention_period = var.days
  copy_tags_to_snapshot   = true
  deletion_protection     = true
}
