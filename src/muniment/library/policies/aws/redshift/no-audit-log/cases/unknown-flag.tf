variable "log" {
  type = bool
}

resource "aws_redshift_cluster" "old" {
  cluster_identifier = "old"
  node_type          = "ra3.large"
  logging {
    enable = var.log
  }
}
