variable "given" {
  type = string
}

resource "aws_rds_cluster" "this" {
  cluster_identifier = "sales"
  kms_key_id         = var.given
}
