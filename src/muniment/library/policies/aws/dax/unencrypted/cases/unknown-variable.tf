variable "given" {
  type = bool
}

resource "aws_dax_cluster" "this" {
  cluster_name                     = "cache"
  cluster_endpoint_encryption_type = "TLS"
  server_side_encryption {
    enabled = var.given
  }
}
