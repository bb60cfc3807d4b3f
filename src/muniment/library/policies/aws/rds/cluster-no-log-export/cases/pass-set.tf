resource "aws_rds_cluster" "this" {
  cluster_identifier              = "sales"
  enabled_cloudwatch_logs_exports = ["audit"]
}
