resource "aws_dms_replication_instance" "this" {
  replication_instance_id = "move"
  publicly_accessible     = false
}
