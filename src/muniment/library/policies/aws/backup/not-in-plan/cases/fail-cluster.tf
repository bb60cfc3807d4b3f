resource "aws_rds_cluster" "orders" { # expect: fail
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
