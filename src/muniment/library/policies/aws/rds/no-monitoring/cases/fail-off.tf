resource "aws_db_instance" "ledger" {
  identifier          = "example-ledger"
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  monitoring_interval = 0 # expect: fail
}

resource "aws_db_instance" "ledger_default" { # expect: fail
  identifier     = "example-ledger"
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}

resource "aws_rds_cluster_instance" "reader" {
  cluster_identifier  = "example-orders"
  engine              = "aurora-postgresql"
  instance_class      = "db.r6g.large"
  monitoring_interval = 0 # expect: fail
}

resource "aws_rds_cluster_instance" "reader_default" { # expect: fail
  cluster_identifier = "example-orders"
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}
