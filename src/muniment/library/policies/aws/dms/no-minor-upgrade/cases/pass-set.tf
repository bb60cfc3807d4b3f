resource "aws_dms_replication_instance" "this" {
  replication_instance_id    = "move"
  auto_minor_version_upgrade = true
}
