resource "aws_db_instance" "ledger" {
  identifier        = "example-ledger"
  engine            = "postgres"
  instance_class    = "db.t4g.medium"
  storage_encrypted = false # expect: fail
}

resource "aws_db_instance" "ledger_default" { # expect: fail
  identifier     = "example-ledger"
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier = "example-orders"
  engine             = "aurora-postgresql"
  storage_encrypted  = false # expect: fail
}

resource "aws_rds_cluster" "orders_default" { # expect: fail
  cluster_identifier = "example-orders"
  engine             = "aurora-postgresql"
}
