resource "aws_db_instance" "ledger" {
  identifier          = "example-ledger"
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  deletion_protection = true
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier  = "example-orders"
  engine              = "aurora-postgresql"
  deletion_protection = true
}
