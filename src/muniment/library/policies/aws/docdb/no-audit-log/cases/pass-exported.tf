resource "aws_docdb_cluster" "catalogue" {
  cluster_identifier              = "catalogue"
  enabled_cloudwatch_logs_exports = ["audit"]
}

resource "aws_docdb_cluster_parameter_group" "catalogue" {
  family = "docdb5.0"
  parameter {
    name  = "audit_logs"
    value = "enabled"
  }
}
