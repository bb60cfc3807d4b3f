resource "aws_redshift_cluster" "this" {
  enhanced_vpc_routing      = true
  cluster_subnet_group_name = "private"
}
