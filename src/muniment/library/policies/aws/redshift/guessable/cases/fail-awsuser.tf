resource "aws_redshift_cluster" "reports" {
  cluster_identifier  = "reports"
  node_type           = "ra3.xlplus"
  database_name       = "reports"
  master_username     = "awsuser" # expect: fail
  publicly_accessible = true
}
