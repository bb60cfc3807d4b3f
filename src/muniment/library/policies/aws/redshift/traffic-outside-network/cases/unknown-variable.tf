variable "given" {
  type = bool
}

resource "aws_redshift_cluster" "this" {
  enhanced_vpc_routing      = var.given
  cluster_subnet_group_name = "private"
}
