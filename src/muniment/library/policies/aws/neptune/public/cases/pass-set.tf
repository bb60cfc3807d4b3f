resource "aws_neptune_cluster_instance" "this" {
  cluster_identifier  = "graph"
  publicly_accessible = false
}
