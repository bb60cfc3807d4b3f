variable "tls" {
  type = string
}

resource "aws_docdb_cluster_parameter_group" "catalogue" {
  family = "docdb5.0"
  parameter {
    name  = "tls"
    value = var.tls
  }
}
