resource "aws_db_instance" "this" {
  identifier                 = "sales"
  auto_minor_version_upgrade = true
}

resource "aws_rds_cluster_instance" "this" {
  identifier                 = "sales-1"
  auto_minor_version_upgrade = true
}
