resource "aws_rds_global_cluster" "orders" { # expect: fail
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
}
