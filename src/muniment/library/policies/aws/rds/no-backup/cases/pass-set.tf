resource "aws_db_instance" "ledger" {
  identifier              = "example-ledger"
  engine                  = "postgres"
  instance_class          = "db.t4g.medium"
  backup_retention_period = 14
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier      = "example-orders"
  engine                  = "aurora-postgresql"
  backup_retention_period = 14
}

resource "aws_rds_cluster" "default" {
  cluster_identifier = "example-orders"
  engine             = "aurora-postgresql"
}
