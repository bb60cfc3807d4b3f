resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier           = "orders"
  engine                       = "aurora-postgresql"
  instance_class               = "db.r6g.large"
  performance_insights_enabled = true # expect: fail
}
