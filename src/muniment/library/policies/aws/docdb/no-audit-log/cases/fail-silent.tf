resource "aws_docdb_cluster" "catalogue" { # expect: fail
  cluster_identifier = "catalogue"
}
