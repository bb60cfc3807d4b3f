resource "aws_db_instance" "ledger" {
  identifier          = "example-ledger"
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  monitoring_interval = 60
}

resource "aws_rds_cluster_instance" "reader" {
  cluster_identifier  = "example-orders"
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  monitoring_interval = 60
}
