resource "aws_redshift_cluster" "reports" { # expect: fail
  cluster_identifier  = "reports"
  node_type           = "ra3.xlplus"
  master_username     = "reports_owner"
  publicly_accessible = false
}
