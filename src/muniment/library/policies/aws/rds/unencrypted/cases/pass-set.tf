resource "aws_db_instance" "ledger" {
  identifier        = "example-ledger"
  engine            = "postgres"
  instance_class    = "db.t4g.medium"
  storage_encrypted = true
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier = "example-orders"
  engine             = "aurora-postgresql"
  storage_encrypted  = true
}

resource "aws_db_instance" "copy" {
  identifier          = "example-ledger-copy"
  instance_class      = "db.t4g.medium"
  replicate_source_db = aws_db_instance.ledger.identifier
}

resource "aws_rds_cluster" "serverless" {
  cluster_identifier = "example-small"
  engine             = "aurora-mysql"
  engine_mode        = "serverless"
}
