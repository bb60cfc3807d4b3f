resource "aws_db_instance" "ledger" {
  engine                  = "postgres"
  instance_class          = "db.t4g.medium"
  backup_retention_period = 14
}

resource "aws_db_instance" "replica" {
  instance_class      = "db.t4g.medium"
  replicate_source_db = "example-ledger"
}

resource "aws_db_instance" "restored" {
  instance_class      = "db.t4g.medium"
  snapshot_identifier = "rds:example-ledger-2026-06-01-03-10"
}

resource "aws_db_instance" "earlier" {
  instance_class = "db.t4g.medium"
  restore_to_point_in_time {
    source_db_instance_identifier = "example-ledger"
    use_latest_restorable_time    = true
  }
}

resource "aws_rds_cluster" "copy" {
  engine                        = "aurora-postgresql"
  replication_source_identifier = "arn:aws:rds:eu-west-1:111122223333:cluster:orders"
}
