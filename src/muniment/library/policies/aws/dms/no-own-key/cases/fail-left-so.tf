resource "aws_dms_replication_instance" "this" { # expect: fail
  replication_instance_id = "move"
}

resource "aws_dms_s3_endpoint" "this" { # expect: fail
  endpoint_id = "target"
}
