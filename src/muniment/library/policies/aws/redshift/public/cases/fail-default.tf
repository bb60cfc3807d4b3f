resource "aws_redshift_cluster" "sales" { # expect: fail
  cluster_identifier = "sales"
  node_type          = "ra3.large"
}

resource "aws_redshift_cluster" "open" {
  cluster_identifier  = "open"
  node_type           = "ra3.large"
  publicly_accessible = true # expect: fail
}
