resource "aws_redshift_cluster" "this" {
  cluster_identifier                  = "sales"
  automated_snapshot_retention_period = 0 # expect: fail
  allow_version_upgrade               = false # expect: fail
}
