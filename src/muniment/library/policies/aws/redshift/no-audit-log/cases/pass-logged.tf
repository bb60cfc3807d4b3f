resource "aws_redshift_cluster" "sales" {
  cluster_identifier = "sales"
  node_type          = "ra3.large"
}

resource "aws_redshift_logging" "sales" {
  cluster_identifier   = aws_redshift_cluster.sales.id
  log_destination_type = "cloudwatch"
}

resource "aws_redshift_cluster" "old" {
  cluster_identifier = "old"
  node_type          = "ra3.large"
  logging {
    enable      = true
    bucket_name = "example-logs"
  }
}
