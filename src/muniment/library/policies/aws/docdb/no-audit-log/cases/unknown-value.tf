variable "audit" {
  type = string
}

resource "aws_docdb_cluster_parameter_group" "catalogue" {
  family = "docdb5.0"
  parameter {
    name  = "audit_logs"
    value = var.audit
  }
}
