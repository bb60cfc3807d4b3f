resource "aws_rds_cluster" "orders" {
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = ["error"] # expect: fail
}
