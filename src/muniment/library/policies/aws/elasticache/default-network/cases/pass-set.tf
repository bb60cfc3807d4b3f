resource "aws_elasticache_cluster" "this" {
  cluster_id                 = "sessions"
  subnet_group_name          = "private"
  auto_minor_version_upgrade = true
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id                 = "pages"
  engine                     = "memcached"
  subnet_group_name          = "private"
  auto_minor_version_upgrade = false
}
