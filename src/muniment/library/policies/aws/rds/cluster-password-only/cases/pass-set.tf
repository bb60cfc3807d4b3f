resource "aws_rds_cluster" "this" {
  cluster_identifier                  = "sales"
  iam_database_authentication_enabled = true
}
