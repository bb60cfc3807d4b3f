resource "aws_rds_cluster" "orders" {
  engine           = "aurora-mysql"
  backtrack_window = 86400
}
