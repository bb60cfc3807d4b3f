resource "aws_db_instance" "ledger" { # expect: fail
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}

resource "aws_db_instance" "archive" {
  engine                  = "postgres"
  instance_class          = "db.t4g.medium"
  backup_retention_period = 1 # expect: fail
}

resource "aws_rds_cluster" "orders" { # expect: fail
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster" "stock" {
  engine                  = "aurora-postgresql"
  backup_retention_period = 5 # expect: fail
}
