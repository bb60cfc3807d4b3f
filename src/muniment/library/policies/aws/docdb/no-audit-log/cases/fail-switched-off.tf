resource "aws_docdb_cluster_parameter_group" "catalogue" {
  family = "docdb5.0"
  parameter { # expect: fail
    name  = "audit_logs"
    value = "disabled"
  }
}
