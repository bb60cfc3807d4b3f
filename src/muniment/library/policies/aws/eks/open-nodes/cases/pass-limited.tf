resource "aws_eks_node_group" "workers" {
  cluster_name  = "shop"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-1"]
  remote_access {
    ec2_ssh_key               = "operations"
    source_security_group_ids = ["sg-1"]
  }
}
