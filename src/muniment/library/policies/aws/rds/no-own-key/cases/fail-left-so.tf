resource "aws_rds_cluster" "this" { # expect: fail
  cluster_identifier = "sales"
}

resource "aws_db_snapshot_copy" "this" { # expect: fail
  target_db_snapshot_identifier = "sales-2"
}

resource "aws_db_instance_automated_backups_replication" "this" { # expect: fail
  retention_period = 14
}

resource "aws_rds_cluster_activity_stream" "this" { # expect: fail
  mode = "async"
}
