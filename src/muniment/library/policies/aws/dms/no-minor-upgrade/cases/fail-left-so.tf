resource "aws_dms_replication_instance" "this" { # expect: fail
  replication_instance_id = "move"
}
