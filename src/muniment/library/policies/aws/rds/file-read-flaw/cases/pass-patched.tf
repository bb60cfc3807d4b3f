resource "aws_db_instance" "orders" {
  engine         = "postgres"
  engine_version = "13.7"
  instance_class = "db.t4g.medium"
}

resource "aws_rds_cluster" "orders" {
  engine         = "aurora-postgresql"
  engine_version = "15.4"
}
