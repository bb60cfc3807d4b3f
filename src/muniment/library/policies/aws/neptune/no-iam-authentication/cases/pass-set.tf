resource "aws_neptune_cluster" "this" {
  cluster_identifier                  = "graph"
  iam_database_authentication_enabled = true
}
