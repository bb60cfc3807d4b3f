variable "key" {
  type = string
}

resource "aws_redshift_cluster" "sales" {
  cluster_identifier = "sales"
  node_type          = "ra3.large"
  encrypted          = true
  kms_key_id         = var.key
}
