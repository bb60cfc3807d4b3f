resource "aws_kms_key" "warehouse" {
  enable_key_rotation = true
}

resource "aws_redshift_cluster" "sales" {
  cluster_identifier = "sales"
  node_type          = "ra3.large"
  encrypted          = true
  kms_key_id         = aws_kms_key.warehouse.arn
}
