variable "given" {
  type = number
}

resource "aws_redshift_cluster" "this" {
  cluster_identifier                  = "sales"
  automated_snapshot_retention_period = var.given
  allow_version_upgrade               = true
}
