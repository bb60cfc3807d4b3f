resource "aws_redshift_cluster" "this" {
  cluster_identifier                  = "sales"
  automated_snapshot_retention_period = 7
  allow_version_upgrade               = true
}
