variable "given" {
  type = string
}

resource "aws_elasticache_cluster" "this" {
  cluster_id                 = "sessions"
  subnet_group_name          = var.given
  auto_minor_version_upgrade = true
}
