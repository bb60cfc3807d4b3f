resource "aws_elasticache_cluster" "cart" {
  cluster_id               = "cart"
  engine                   = "redis"
  snapshot_retention_limit = 7
}
